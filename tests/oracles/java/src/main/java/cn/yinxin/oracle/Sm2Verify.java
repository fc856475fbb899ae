package cn.yinxin.oracle;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Verifies SM2 values: {@code Sm2Verify (CERT MESSAGE SIGNATURE)...}. The signature is DER, the
 * digest SM3 with Z and the default ID. One line each: SIGNATURE VALID|INVALID.
 */
public final class Sm2Verify {
    private Sm2Verify() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0 && args.length % 3 == 0, "Sm2Verify (CERT MESSAGE SIGNATURE)...");
        Lines lines = new Lines();
        for (int i = 0; i < args.length; i += 3) {
            String certificate = args[i];
            Path message = Path.of(args[i + 1]);
            String signature = args[i + 2];
            lines.each(signature, () -> {
                boolean good = Sm2.verify(
                        Sm2.certificate(certificate),
                        Files.readAllBytes(message),
                        Files.readAllBytes(Path.of(signature)));
                lines.verdict(good, signature, good ? "VALID" : "INVALID");
            });
        }
        lines.exit();
    }
}
