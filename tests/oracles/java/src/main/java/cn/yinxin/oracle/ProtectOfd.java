package cn.yinxin.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.ofdrw.crypto.OFDEncryptor;
import org.ofdrw.crypto.enryptor.UserCertEncryptor;
import org.ofdrw.crypto.enryptor.UserFEKEncryptor;
import org.ofdrw.crypto.enryptor.UserPasswordEncryptor;
import org.ofdrw.crypto.integrity.GMProtectSigner;
import org.ofdrw.crypto.integrity.GMProtectVerifier;
import org.ofdrw.crypto.integrity.OFDIntegrity;
import org.ofdrw.crypto.integrity.OFDIntegrityVerifier;

/**
 * GM/T 0099 with ofdrw-crypto: {@code ProtectOfd list IN OUT CERT PKCS8},
 * {@code ProtectOfd password IN OUT PASSWORD}, {@code ProtectOfd certificate IN OUT CERT}, and
 * {@code ProtectOfd check FILE...}, which prints FILE VALID|INVALID. It checks the signature of a list
 * and not whether the list is complete.
 */
public final class ProtectOfd {
    private static final String USAGE = "ProtectOfd list|password|certificate|check ...";

    private ProtectOfd() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length > 1, USAGE);
        Lines lines = new Lines();
        switch (args[0]) {
            case "check" -> {
                for (int at = 1; at < args.length; at++) {
                    String file = args[at];
                    lines.each(file, () -> check(lines, file));
                }
            }
            case "list" -> list(Path.of(args[1]), Path.of(args[2]), args[3], args[4]);
            case "password" ->
                encrypt(args, new UserPasswordEncryptor("张三", args[3]));
            case "certificate" ->
                encrypt(args, new UserCertEncryptor("张三", Sm2.certificate(args[3])));
            default -> Lines.usage(false, USAGE);
        }
        lines.exit();
    }

    private static void check(Lines lines, String file) throws Exception {
        boolean valid = new OFDIntegrityVerifier()
                .integrity(Path.of(file), new GMProtectVerifier());
        lines.verdict(valid, file, valid ? "VALID" : "INVALID");
    }

    private static void list(Path in, Path out, String certificate, String pkcs8)
            throws Exception {
        var spec = new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(pkcs8)));
        PrivateKey key = KeyFactory.getInstance("EC", new BouncyCastleProvider())
                .generatePrivate(spec);
        try (OFDIntegrity integrity = new OFDIntegrity(in, out)) {
            integrity.protect(new GMProtectSigner(key, Sm2.certificate(certificate)));
        }
    }

    private static void encrypt(String[] args, UserFEKEncryptor user) throws Exception {
        try (OFDEncryptor encryptor = new OFDEncryptor(Path.of(args[1]), Path.of(args[2]))) {
            encryptor.addUser(user).encrypt();
        }
    }
}
