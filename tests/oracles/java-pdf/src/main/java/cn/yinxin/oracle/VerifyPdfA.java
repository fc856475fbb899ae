package cn.yinxin.oracle;

import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/**
 * Validates PDF/A-3b with veraPDF: {@code VerifyPdfA FILE...}. One line each: file, COMPLIANT or
 * not, then one line a broken rule.
 */
public final class VerifyPdfA {
    private VerifyPdfA() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0, "VerifyPdfA FILE...");
        Lines lines = new Lines();
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : args) {
            lines.each(file, () -> {
                try (var stream = new FileInputStream(file);
                        var parser = Foundries.defaultInstance()
                                .createParser(stream, PDFAFlavour.PDFA_3_B);
                        var validator = Foundries.defaultInstance()
                                .createValidator(PDFAFlavour.PDFA_3_B, false)) {
                    var result = validator.validate(parser);
                    boolean good = result.isCompliant();
                    lines.verdict(good, file, good ? "COMPLIANT" : "BROKEN");
                    for (TestAssertion broken : result.getTestAssertions()) {
                        if (broken.getStatus() == TestAssertion.Status.FAILED) {
                            lines.print(file, broken.getRuleId().getClause(), broken.getMessage(),
                                    broken.getLocation().getContext());
                        }
                    }
                }
            });
        }
        lines.exit();
    }
}
