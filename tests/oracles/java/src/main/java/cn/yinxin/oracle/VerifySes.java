package cn.yinxin.oracle;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Verifies the SM2 values of seals and seal signatures of all three layouts over their raw bytes,
 * which ofdrw does not (it leaves out the seal maker): {@code VerifySes FILE...} with .esl files or
 * SignedValue.dat. One line a value: FILE seal|signature layout VALID|INVALID.
 */
public final class VerifySes {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;

    private VerifySes() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0, "VerifySes FILE...");
        Lines lines = new Lines();
        for (String file : args) {
            lines.each(file, () -> verify(lines, file, Tlv.read(Files.readAllBytes(Path.of(file)))));
        }
        lines.exit();
    }

    private static void verify(Lines lines, String file, Tlv top) throws Exception {
        // A seal's first child is its info, which opens with a header; a signature's opens with a version.
        boolean signature = top.child(0).child(0).tag() == INTEGER;
        if (signature) {
            verifySignature(lines, file, top);
            verifySeal(lines, file, top.child(0).child(1));
        } else {
            verifySeal(lines, file, top);
        }
    }

    private static void verifySignature(Lines lines, String file, Tlv top) throws Exception {
        List<Tlv> parts = top.children();
        boolean first = parts.get(1).tag() == BIT_STRING;
        Tlv certificate = first ? parts.get(0).child(5) : parts.get(1);
        Tlv value = first ? parts.get(1) : parts.get(3);
        boolean good = Sm2.verify(
                Sm2.certificate(certificate.content()), parts.get(0).raw(), value.bits());
        lines.verdict(good, file, "signature", first ? "2014" : "2020+", good ? "VALID" : "INVALID");
    }

    private static void verifySeal(Lines lines, String file, Tlv seal) throws Exception {
        List<Tlv> parts = seal.children();
        boolean first = parts.size() == 2;
        List<Tlv> sign = first ? parts.get(1).children() : parts.subList(1, parts.size());
        byte[] signed = first
                ? sequence(parts.get(0).raw(), sign.get(0).raw(), sign.get(1).raw())
                : parts.get(0).raw();
        boolean good = Sm2.verify(
                Sm2.certificate(sign.get(0).content()), signed, sign.get(2).bits());
        lines.verdict(good, file, "seal", first ? "2014" : "2020+", good ? "VALID" : "INVALID");
    }

    /** A SEQUENCE around elements as they stand. */
    private static byte[] sequence(byte[]... elements) {
        int length = 0;
        for (byte[] element : elements) {
            length += element.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length + 5);
        out.put((byte) 0x30);
        if (length < 0x80) {
            out.put((byte) length);
        } else if (length < 0x100) {
            out.put((byte) 0x81).put((byte) length);
        } else if (length < 0x10000) {
            out.put((byte) 0x82).putShort((short) length);
        } else {
            out.put((byte) 0x83).put((byte) (length >> 16)).putShort((short) length);
        }
        for (byte[] element : elements) {
            out.put(element);
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
