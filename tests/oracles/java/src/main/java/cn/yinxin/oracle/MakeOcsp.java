package cn.yinxin.oracle;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Answers like an OCSP responder that signs with SM2: {@code MakeOcsp (OUT ISSUER RESPONDER KEY
 * SUBJECT STATUS DIGEST THIS_UPDATE NEXT_UPDATE NONCE)...}. Certificates are DER, the key PKCS#8
 * DER, the status good, unknown or a reason's number with the time since when, such as
 * {@code 1@2026-11-02T00:00:00Z}; the digest SHA-1, SHA-256 or SM3; NEXT_UPDATE and NONCE
 * (hexadecimal) may be -. The responder's certificate is sent along unless it is the issuer's.
 */
public final class MakeOcsp {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final int ARGUMENTS = 10;

    private MakeOcsp() {}

    public static void main(String[] args) {
        Lines.usage(args.length > 0 && args.length % ARGUMENTS == 0, "MakeOcsp (OUT ...)...");
        Lines lines = new Lines();
        for (int i = 0; i < args.length; i += ARGUMENTS) {
            String[] one = java.util.Arrays.copyOfRange(args, i, i + ARGUMENTS);
            lines.each(one[0], () -> {
                Files.write(Path.of(one[0]), answer(one));
                lines.print(one[0], "MADE");
            });
        }
        lines.exit();
    }

    private static byte[] answer(String[] args) throws Exception {
        X509CertificateHolder issuer = holder(args[1]);
        X509CertificateHolder responder = holder(args[2]);
        byte[] pkcs8 = Files.readAllBytes(Path.of(args[3]));
        PrivateKey key = KeyFactory.getInstance("EC", PROVIDER)
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        BigInteger serial = holder(args[4]).getSerialNumber();
        var digests = new JcaDigestCalculatorProviderBuilder().setProvider(PROVIDER).build();
        var id = new CertificateID(digests.get(digest(args[6])), issuer, serial);

        var sha1 = digests.get(RespID.HASH_SHA1);
        boolean byKey = args[6].equals("SHA-1");
        RespID name = byKey
                ? new RespID(responder.getSubjectPublicKeyInfo(), sha1)
                : new RespID(responder.getSubject());
        var builder = new BasicOCSPRespBuilder(name);
        Date next = args[8].equals("-") ? null : date(args[8]);
        builder.addResponse(id, status(args[5]), date(args[7]), next, null);
        if (!args[9].equals("-")) {
            byte[] nonce = new BigInteger(args[9], 16).toByteArray();
            builder.setResponseExtensions(new Extensions(new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false,
                    new DEROctetString(new DEROctetString(nonce).getEncoded()))));
        }
        X509CertificateHolder[] chain = responder.equals(issuer)
                ? null
                : new X509CertificateHolder[] {responder};
        var signer = new JcaContentSignerBuilder("SM3withSM2").setProvider(PROVIDER).build(key);
        var basic = builder.build(signer, chain, date(args[7]));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded();
    }

    private static CertificateStatus status(String text) {
        if (text.equals("good")) {
            return CertificateStatus.GOOD;
        }
        if (text.equals("unknown")) {
            return new UnknownStatus();
        }
        String[] parts = text.split("@");
        return new RevokedStatus(date(parts[1]), Integer.parseInt(parts[0]));
    }

    private static AlgorithmIdentifier digest(String name) {
        ASN1ObjectIdentifier oid = switch (name) {
            case "SHA-1" -> OIWObjectIdentifiers.idSHA1;
            case "SHA-256" -> NISTObjectIdentifiers.id_sha256;
            case "SM3" -> GMObjectIdentifiers.sm3;
            default -> throw new IllegalArgumentException(name);
        };
        return new AlgorithmIdentifier(oid);
    }

    private static X509CertificateHolder holder(String file) throws java.io.IOException {
        return new X509CertificateHolder(Files.readAllBytes(Path.of(file)));
    }

    private static Date date(String text) {
        return Date.from(Instant.parse(text));
    }
}
