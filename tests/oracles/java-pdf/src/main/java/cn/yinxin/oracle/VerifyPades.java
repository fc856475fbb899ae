package cn.yinxin.oracle;

import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;

/**
 * Validates the signatures of PDF files with EU DSS, offline, and reads them with PDFBox:
 * {@code VerifyPades ROOT.pem... -- FILE...}. One line a signature: file, id's number, DSS
 * indication, sub-indication or -, PAdES level, whether the DSS finds it intact; a line a time
 * stamp: file, TST, indication; and one a file of PDFBox: file, PDFBOX, sub filters. Exit code 0
 * when every signature is TOTAL_PASSED.
 */
public final class VerifyPades {
    private VerifyPades() {}

    public static void main(String[] args) {
        List<String> all = List.of(args);
        int split = all.indexOf("--");
        Lines.usage(split > 0 && split < args.length - 1, "VerifyPades ROOT.pem... -- FILE...");
        Lines lines = new Lines();
        var trusted = new CommonTrustedCertificateSource();
        for (String root : all.subList(0, split)) {
            trusted.addCertificate(DSSUtils.loadCertificate(new File(root)));
        }
        for (String file : all.subList(split + 1, args.length)) {
            lines.each(file, () -> validate(lines, trusted, file));
        }
        lines.exit();
    }

    private static void validate(Lines lines, CommonTrustedCertificateSource trusted, String file)
            throws Exception {
        var verifier = new CommonCertificateVerifier(true);
        verifier.setTrustedCertSources(trusted);
        var validator = new PDFDocumentValidator(new FileDocument(file));
        validator.setCertificateVerifier(verifier);
        Reports reports = validator.validateDocument();
        SimpleReport simple = reports.getSimpleReport();
        DiagnosticData data = reports.getDiagnosticData();
        int number = 0;
        for (String id : simple.getSignatureIdList()) {
            var indication = simple.getIndication(id);
            var sub = simple.getSubIndication(id);
            boolean good = indication.name().equals("TOTAL_PASSED");
            lines.verdict(good, file, number++, indication, sub == null ? "-" : sub,
                    simple.getSignatureFormat(id),
                    data.getSignatureById(id).isSignatureIntact(),
                    simple.getAdESValidationErrors(id).stream().map(m -> m.getValue()).toList());
        }
        for (String id : simple.getTimestampIdList()) {
            lines.print(file, "TST", simple.getIndication(id));
        }
        if (number == 0) {
            lines.verdict(false, file, "no signature");
        }
        try (PDDocument document = Loader.loadPDF(new File(file))) {
            lines.print(file, "PDFBOX", document.getSignatureDictionaries().stream()
                    .map(PDSignature::getSubFilter).toList());
        }
    }
}
