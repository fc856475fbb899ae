package cn.yinxin.oracle;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * Verifies revocation lists: {@code VerifyCrls (CRL ISSUER)...}. One line each: CRL VALID|INVALID
 * and the number of certificates revoked. Signature and names only.
 */
public final class VerifyCrls {
    private VerifyCrls() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0 && args.length % 2 == 0, "VerifyCrls (CRL ISSUER)...");
        Lines lines = new Lines();
        for (int i = 0; i < args.length; i += 2) {
            String file = args[i];
            String issuerFile = args[i + 1];
            lines.each(file, () -> {
                X509CRL list = Sm2.crl(Files.readAllBytes(Path.of(file)));
                X509Certificate issuer = Sm2.certificate(issuerFile);
                boolean named = list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
                boolean good = named && Sm2.verify(issuer, list.getTBSCertList(), list.getSignature());
                var revoked = list.getRevokedCertificates();
                int count = revoked == null ? 0 : Set.copyOf(revoked).size();
                lines.verdict(good, file, good ? "VALID" : "INVALID", count);
            });
        }
        lines.exit();
    }
}
