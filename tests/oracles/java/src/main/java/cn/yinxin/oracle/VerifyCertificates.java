package cn.yinxin.oracle;

import java.security.cert.X509Certificate;

/**
 * Verifies that certificates were signed by another: {@code VerifyCertificates (CERT ISSUER)...}.
 * One line each: CERT VALID|INVALID. Signature and names only, no path rules.
 */
public final class VerifyCertificates {
    private VerifyCertificates() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0 && args.length % 2 == 0, "VerifyCertificates (CERT ISSUER)...");
        Lines lines = new Lines();
        for (int i = 0; i < args.length; i += 2) {
            String file = args[i];
            String issuerFile = args[i + 1];
            lines.each(file, () -> {
                X509Certificate certificate = Sm2.certificate(file);
                X509Certificate issuer = Sm2.certificate(issuerFile);
                boolean named = certificate.getIssuerX500Principal()
                        .equals(issuer.getSubjectX500Principal());
                boolean good = named
                        && Sm2.verify(issuer, certificate.getTBSCertificate(), certificate.getSignature());
                lines.verdict(good, file, good ? "VALID" : "INVALID");
            });
        }
        lines.exit();
    }
}
