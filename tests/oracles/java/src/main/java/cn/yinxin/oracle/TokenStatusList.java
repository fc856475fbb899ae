package cn.yinxin.oracle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Status list tokens of the IETF's draft, signed with SM2 or on P-256:
 * {@code TokenStatusList make jwt|cwt ALGORITHM KEY.der BITS ISSUED TTL URI STATUSES OUT}
 * with ISSUED in seconds, TTL in seconds and STATUSES such as 0,1,2; and
 * {@code TokenStatusList check ALGORITHM CERT.der TOKEN.jwt}, which prints the first sixteen bytes
 * of a JWT's list in hexadecimal, or fails when its signature does not verify.
 */
public final class TokenStatusList {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final int OCTETS = 32;

    private TokenStatusList() {}

    public static void main(String[] args) {
        Lines.usage(args.length == 10 && args[0].equals("make")
                || args.length == 4 && args[0].equals("check"), "TokenStatusList make|check …");
        Lines lines = new Lines();
        String file = args[args.length - 1];
        lines.each(file, () -> {
            if (args[0].equals("make")) {
                Files.write(Path.of(file), make(args));
                lines.print(file, "made");
            } else {
                lines.print(file, check(args));
            }
        });
        lines.exit();
    }

    private static byte[] make(String[] args) throws Exception {
        PrivateKey key = KeyFactory.getInstance("EC", PROVIDER)
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(args[3]))));
        int bits = Integer.parseInt(args[4]);
        long issued = Long.parseLong(args[5]);
        long ttl = Long.parseLong(args[6]);
        byte[] list = deflate(pack(bits, args[8].split(",")));
        return args[1].equals("jwt")
                ? jwt(args[2], key, bits, issued, ttl, args[7], list)
                : cwt(args[2], key, bits, issued, ttl, args[7], list);
    }

    private static byte[] jwt(String algorithm, PrivateKey key, int bits, long issued, long ttl,
            String uri, byte[] list) throws Exception {
        String header = "{\"alg\":\"" + (algorithm.equals("SM3withSM2") ? "SM2" : "ES256")
                + "\",\"kid\":\"12\",\"typ\":\"statuslist+jwt\"}";
        String claims = "{\"ttl\":" + ttl + ",\"status_list\":{\"lst\":\"" + base64(list)
                + "\",\"bits\":" + bits + "},\"sub\":\"" + uri + "\",\"iat\":" + issued + "}";
        String signed = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        byte[] value = sign(algorithm, key, signed.getBytes(StandardCharsets.US_ASCII));
        return (signed + "." + base64(value)).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] cwt(String algorithm, PrivateKey key, int bits, long issued, long ttl,
            String uri, byte[] list) throws Exception {
        var header = new Cbor().map(2).number(1)
                .number(algorithm.equals("SM3withSM2") ? -65537 : -7)
                .number(16).text("application/statuslist+cwt").bytes();
        var claims = new Cbor().map(4).number(2).text(uri).number(6).number(issued)
                .number(65534).number(ttl).number(65533)
                .map(2).text("bits").number(bits).text("lst").octets(list).bytes();
        var structure = new Cbor().array(4).text("Signature1").octets(header).octets(new byte[0])
                .octets(claims).bytes();
        return new Cbor().tag(18).array(4).octets(header).map(0).octets(claims)
                .octets(sign(algorithm, key, structure)).bytes();
    }

    private static byte[] sign(String algorithm, PrivateKey key, byte[] message) throws Exception {
        Signature signer = Signature.getInstance(algorithm, PROVIDER);
        signer.initSign(key);
        signer.update(message);
        ASN1Sequence both = ASN1Sequence.getInstance(signer.sign());
        byte[] raw = new byte[2 * OCTETS];
        for (int place = 0; place < 2; place++) {
            byte[] number = ASN1Integer.getInstance(both.getObjectAt(place)).getValue().toByteArray();
            int length = Math.min(number.length, OCTETS);
            System.arraycopy(number, number.length - length, raw, (place + 1) * OCTETS - length, length);
        }
        return raw;
    }

    private static String check(String[] args) throws Exception {
        String[] parts = Files.readString(Path.of(args[3])).split("\\.");
        byte[] raw = Base64.getUrlDecoder().decode(parts[2]);
        var r = new ASN1Integer(new BigInteger(1, raw, 0, OCTETS));
        var s = new ASN1Integer(new BigInteger(1, raw, OCTETS, OCTETS));
        Signature verifier = Signature.getInstance(args[1], PROVIDER);
        verifier.initVerify(Sm2.certificate(args[2]).getPublicKey());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!verifier.verify(new DERSequence(new ASN1Integer[] {r, s}).getEncoded())) {
            throw new IllegalStateException("the signature does not verify");
        }
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String list = claims.replaceAll(".*\"lst\":\"([^\"]*)\".*", "$1");
        var inflater = new Inflater();
        inflater.setInput(Base64.getUrlDecoder().decode(list));
        byte[] first = new byte[16];
        int read = inflater.inflate(first);
        var text = new StringBuilder();
        for (int place = 0; place < read; place++) {
            text.append(String.format("%02x", first[place]));
        }
        return text.toString();
    }

    private static byte[] pack(int bits, String[] statuses) {
        byte[] packed = new byte[(statuses.length * bits + 7) / 8];
        for (int index = 0; index < statuses.length; index++) {
            int at = index * bits;
            packed[at / 8] |= (byte) (Integer.parseInt(statuses[index]) << (at % 8));
        }
        return packed;
    }

    private static byte[] deflate(byte[] bytes) throws java.io.IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** As much of RFC 8949 as a token needs. */
    private static final class Cbor {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Cbor number(long value) {
            return value < 0 ? head(1, -1 - value) : head(0, value);
        }

        Cbor octets(byte[] bytes) {
            head(2, bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Cbor text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            head(3, bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Cbor array(int length) {
            return head(4, length);
        }

        Cbor map(int length) {
            return head(5, length);
        }

        Cbor tag(int tag) {
            return head(6, tag);
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private Cbor head(int major, long value) {
            int size = value < 24 ? 0 : value < 1 << 8 ? 1 : value < 1 << 16 ? 2 : value < 1L << 32 ? 4 : 8;
            int more = size == 0 ? (int) value : 23 + Integer.numberOfTrailingZeros(size) + 1;
            out.write(major << 5 | more);
            for (int place = size - 1; place >= 0; place--) {
                out.write((int) (value >> (8 * place)));
            }
            return this;
        }
    }
}
