package cn.yinxin.oracle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Says how seals of 2020 and 2025 name a signer, with Bouncy Castle's digests: {@code SealSigners
 * CERTIFICATE SEAL...}. One line a seal: FILE certListType entries certificate|sm3|sm3-z|no.
 */
public final class SealSigners {
    private static final byte[] ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private SealSigners() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length > 1, "SealSigners CERTIFICATE SEAL...");
        byte[] certificate = Sm2.certificate(args[0]).getEncoded();
        Lines lines = new Lines();
        for (int i = 1; i < args.length; i++) {
            String file = args[i];
            lines.each(file, () -> {
                Tlv property = Tlv.read(Files.readAllBytes(Path.of(file))).child(0).child(2);
                List<Tlv> entries = property.child(3).children();
                String found = find(certificate, entries);
                lines.print(file, new BigInteger(property.child(2).content()), entries.size(), found);
            });
        }
        lines.exit();
    }

    private static String find(byte[] certificate, List<Tlv> entries) throws Exception {
        byte[] plain = digest(certificate);
        byte[] withZ = digest(z(certificate), certificate);
        for (Tlv entry : entries) {
            boolean digests = entry.tag() == 0x30;
            byte[] value = digests ? entry.child(1).content() : entry.content();
            if (!digests && Arrays.equals(value, certificate)) {
                return "certificate";
            }
            if (digests && Arrays.equals(value, plain)) {
                return "sm3";
            }
            if (digests && Arrays.equals(value, withZ)) {
                return "sm3-z";
            }
        }
        return "no";
    }

    /** Z of GM/T 0003.2: the identity, the curve and the key, hashed. */
    private static byte[] z(byte[] certificate) throws Exception {
        var key = (ECPublicKeyParameters) PublicKeyFactory.createKey(
                Sm2.certificate(certificate).getPublicKey().getEncoded());
        var curve = key.getParameters().getCurve();
        var base = key.getParameters().getG().normalize();
        var point = key.getQ().normalize();
        int bits = ID.length * 8;
        return digest(new byte[] {(byte) (bits >> 8), (byte) bits}, ID,
                curve.getA().getEncoded(), curve.getB().getEncoded(),
                base.getAffineXCoord().getEncoded(), base.getAffineYCoord().getEncoded(),
                point.getAffineXCoord().getEncoded(), point.getAffineYCoord().getEncoded());
    }

    private static byte[] digest(byte[]... parts) {
        SM3Digest digest = new SM3Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }
}
