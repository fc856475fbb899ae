package cn.yinxin.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * Verifies SignedData of GB/T 35275 (GM/T 0010) or RFC 5652 with one SM2 signer: {@code VerifyCms (CMS CONTENT)...},
 * CONTENT being the detached content or {@code -}. One line each: CMS VALID|INVALID reason.
 */
public final class VerifyCms {
    private static final List<String> SIGNED_DATA =
            List.of("1.2.156.10197.6.1.4.2.2", "1.2.840.113549.1.7.2");
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";

    private VerifyCms() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0 && args.length % 2 == 0, "VerifyCms (CMS CONTENT|-)...");
        Lines lines = new Lines();
        for (int i = 0; i < args.length; i += 2) {
            String file = args[i];
            String content = args[i + 1];
            lines.each(file, () -> {
                byte[] detached = content.equals("-") ? null : Files.readAllBytes(Path.of(content));
                String fault = fault(Files.readAllBytes(Path.of(file)), detached);
                lines.verdict(fault == null, file, fault == null ? "VALID" : "INVALID",
                        fault == null ? "" : fault);
            });
        }
        lines.exit();
    }

    /** What is wrong, or null. */
    private static String fault(byte[] cms, byte[] detached) throws Exception {
        Tlv contentInfo = Tlv.read(cms);
        if (!SIGNED_DATA.contains(oid(contentInfo.child(0)))) {
            return "content type " + oid(contentInfo.child(0));
        }
        List<Tlv> signedData = contentInfo.child(1).child(0).children();
        List<Tlv> encapsulated = signedData.get(2).children();
        byte[] content = encapsulated.size() > 1 ? encapsulated.get(1).child(0).content() : detached;
        if (content == null) {
            return "no content";
        }
        Tlv certificates = signedData.get(3);
        if (certificates.tag() != 0xa0) {
            return "no certificates";
        }
        var certificate = Sm2.certificate(certificates.child(0).raw());

        List<Tlv> signer = signedData.get(signedData.size() - 1).child(0).children();
        Tlv attributes = signer.get(3).tag() == 0xa0 ? signer.get(3) : null;
        byte[] signature = signer.get(attributes == null ? 4 : 5).content();
        if (attributes == null) {
            return Sm2.verify(certificate, content, signature) ? null : "signature value over content";
        }
        if (!Arrays.equals(messageDigest(attributes), Sm2.sm3(content))) {
            return "message digest";
        }
        byte[] signed = attributes.retagged(0x31);
        return Sm2.verify(certificate, signed, signature) ? null : "signature value over attributes";
    }

    private static byte[] messageDigest(Tlv attributes) throws Exception {
        for (Tlv attribute : attributes.children()) {
            if (oid(attribute.child(0)).equals(MESSAGE_DIGEST)) {
                return attribute.child(1).child(0).content();
            }
        }
        return null;
    }

    private static String oid(Tlv element) throws Exception {
        return ASN1ObjectIdentifier.getInstance(element.raw()).getId();
    }
}
