package cn.yinxin.oracle;

import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationSquareCircle;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDCheckBox;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;

/**
 * Does with PDFBox what honest tools do to a signed PDF, as one incremental update each.
 *
 * <p>{@code ChangePdf IN.pdf OUT.pdf STEP}: {@code fill} sets the text field {@code amount} to 250,
 * {@code tick} the box {@code agreed}, {@code note} adds a note, {@code square} a filled square and
 * {@code page} another page. Prints {@code ok}.
 */
public final class ChangePdf {
    private ChangePdf() {}

    public static void main(String[] args) throws Exception {
        try (PDDocument document = PDDocument.load(new File(args[0]));
                OutputStream out = new FileOutputStream(args[1])) {
            Set<COSDictionary> changed = new HashSet<>();
            change(document, args[2], changed);
            document.saveIncremental(out, changed);
        }
        System.out.println("ok");
    }

    private static void change(PDDocument document, String step, Set<COSDictionary> changed)
            throws Exception {
        PDAcroForm form = document.getDocumentCatalog().getAcroForm();
        switch (step) {
            case "fill":
                PDField amount = form.getField("amount");
                amount.setValue("250");
                touch(amount, changed);
                break;
            case "tick":
                PDCheckBox agreed = (PDCheckBox) form.getField("agreed");
                agreed.check();
                touch(agreed, changed);
                break;
            case "note":
                PDAnnotationText note = new PDAnnotationText();
                note.setContents("seen");
                add(document, note, changed);
                break;
            case "square":
                PDAnnotationSquareCircle square =
                        new PDAnnotationSquareCircle(PDAnnotationSquareCircle.SUB_TYPE_SQUARE);
                square.setColor(new PDColor(new float[] {1, 1, 1}, PDDeviceRGB.INSTANCE));
                add(document, square, changed);
                square.constructAppearances(document);
                break;
            case "page":
                document.addPage(new org.apache.pdfbox.pdmodel.PDPage());
                changed.add(document.getDocumentCatalog().getPages().getCOSObject());
                break;
            default:
                throw new IllegalArgumentException(step);
        }
    }

    /** PDFBox writes only what it is told of. */
    private static void touch(PDField field, Set<COSDictionary> changed) {
        changed.add(field.getCOSObject());
        field.getWidgets()
                .forEach(
                        widget -> {
                            changed.add(widget.getCOSObject());
                            if (widget.getAppearance().getNormalAppearance().isStream()) {
                                changed.add(widget.getNormalAppearanceStream().getCOSObject());
                            }
                        });
    }

    private static void add(
            PDDocument document, PDAnnotation annotation, Set<COSDictionary> changed)
            throws Exception {
        annotation.setRectangle(new PDRectangle(300, 700, 100, 40));
        annotation.setPage(document.getPage(0));
        document.getPage(0).getAnnotations().add(annotation);
        changed.add(document.getPage(0).getCOSObject());
    }
}
