package cn.yinxin.oracle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Makes seals that list digests of certificates (certListType 2), and signatures with them, by
 * Bouncy Castle alone: {@code MakeDigestSeals VERSION sm3|z LISTED.der SIGNER.der SIGNER_KEY
 * MAKER.der MAKER_KEY CONTENT OUT}. VERSION is 4 or 5; keys are scalars in hexadecimal; OUT becomes
 * an SES_Signature over CONTENT by the signer, with a seal that lists LISTED: its SM3, or the SM3
 * of its Z followed by it.
 */
public final class MakeDigestSeals {
    private static final byte[] ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final X9ECParameters CURVE = GMNamedCurves.getByName("sm2p256v1");
    private static final ASN1ObjectIdentifier SM2_WITH_SM3 =
            new ASN1ObjectIdentifier("1.2.156.10197.1.501");

    private MakeDigestSeals() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length == 9, "MakeDigestSeals VERSION sm3|z LISTED SIGNER KEY MAKER KEY CONTENT OUT");
        int version = Integer.parseInt(args[0]);
        byte[] listed = read(args[2]);
        byte[] digest = args[1].equals("z") ? Sm2.sm3(join(z(listed), listed)) : Sm2.sm3(listed);
        ASN1Primitive seal = seal(version, digest, read(args[5]), new BigInteger(args[6], 16));
        byte[] signer = read(args[3]);
        ASN1Primitive toSign = sequence(
                new ASN1Integer(version),
                seal,
                new DERGeneralizedTime("20261120020000Z"),
                new DERBitString(Sm2.sm3(read(args[7]))),
                new DERIA5String("content"));
        ASN1Primitive signature = sequence(
                toSign,
                new DEROctetString(signer),
                SM2_WITH_SM3,
                new DERBitString(sign(new BigInteger(args[4], 16), toSign.getEncoded("DER"))));
        Files.write(Path.of(args[8]), signature.getEncoded("DER"));
        Lines lines = new Lines();
        lines.print(args[8], "MADE");
        lines.exit();
    }

    private static ASN1Primitive seal(int version, byte[] digest, byte[] maker, BigInteger key)
            throws Exception {
        ASN1Primitive entry = sequence(new DERPrintableString("SM3"), new DEROctetString(digest));
        ASN1Primitive property = sequence(
                new ASN1Integer(1),
                new DERUTF8String("某某市示范局公章"),
                new ASN1Integer(2),
                sequence(entry),
                new DERGeneralizedTime("20260105000000Z"),
                new DERGeneralizedTime("20260105000000Z"),
                new DERGeneralizedTime("20310105000000Z"));
        ASN1Primitive picture = sequence(
                new DERIA5String("GIF"),
                new DEROctetString("GIF89a".getBytes(StandardCharsets.US_ASCII)),
                new ASN1Integer(42),
                new ASN1Integer(42));
        ASN1Primitive info = sequence(
                sequence(new DERIA5String("ES"), new ASN1Integer(version), new DERIA5String("BC")),
                new DERIA5String("34990000000003"),
                property,
                picture);
        return sequence(
                info,
                new DEROctetString(maker),
                SM2_WITH_SM3,
                new DERBitString(sign(key, info.getEncoded("DER"))));
    }

    private static byte[] sign(BigInteger key, byte[] message) throws Exception {
        ECDomainParameters domain =
                new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN());
        SM2Signer signer = new SM2Signer();
        signer.init(true, new ParametersWithID(new ECPrivateKeyParameters(key, domain), ID));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Z of the certificate's key (GB/T 32918.2-2016 5.5). */
    private static byte[] z(byte[] certificate) throws Exception {
        byte[] spki = Sm2.certificate(certificate).getPublicKey().getEncoded();
        byte[] point = new byte[65];
        System.arraycopy(spki, spki.length - 65, point, 0, 65);
        ECPoint key = CURVE.getCurve().decodePoint(point);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ID.length * 8);
        bytes.write(ID);
        bytes.write(CURVE.getCurve().getA().getEncoded());
        bytes.write(CURVE.getCurve().getB().getEncoded());
        for (ECPoint each : new ECPoint[] {CURVE.getG(), key}) {
            bytes.write(each.normalize().getAffineXCoord().getEncoded());
            bytes.write(each.normalize().getAffineYCoord().getEncoded());
        }
        return Sm2.sm3(bytes.toByteArray());
    }

    private static byte[] join(byte[] first, byte[] second) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(first);
        bytes.write(second);
        return bytes.toByteArray();
    }

    private static ASN1Primitive sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    private static byte[] read(String file) throws Exception {
        return Files.readAllBytes(Path.of(file));
    }
}
