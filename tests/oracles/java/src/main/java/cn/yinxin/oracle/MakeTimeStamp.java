package cn.yinxin.oracle;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/**
 * An SM2 time stamp authority: {@code MakeTimeStamp KEY.der CERT.der TIME REQUEST RESPONSE [gm]}.
 * KEY is PKCS#8, TIME such as 2026-11-20T02:00:05Z. With {@code gm} the token is a message of
 * GM/T 0010, as GM/T 0033-2014 7.2 asks of SM2; else one of RFC 5652. Prints what it read of the
 * request: digest, policy or -, nonce or -, whether a certificate is wanted.
 */
public final class MakeTimeStamp {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.2.3.4.1");
    private static final ASN1ObjectIdentifier GM_SIGNED_DATA =
            new ASN1ObjectIdentifier("1.2.156.10197.6.1.4.2.2");

    private MakeTimeStamp() {}

    public static void main(String[] args) {
        Lines.usage(args.length == 5 || args.length == 6,
                "MakeTimeStamp KEY.der CERT.der TIME REQUEST RESPONSE [gm]");
        Lines lines = new Lines();
        lines.each(args[3], () -> {
            var request = new TimeStampRequest(Files.readAllBytes(Path.of(args[3])));
            lines.print(args[3], request.getMessageImprintAlgOID(),
                    request.getReqPolicy() == null ? "-" : request.getReqPolicy(),
                    request.getNonce() == null ? "-" : request.getNonce(), request.getCertReq());
            byte[] answer = answer(args, request).getEncoded();
            Files.write(Path.of(args[4]), args.length == 6 ? national(answer) : answer);
        });
        lines.exit();
    }

    private static TimeStampResponse answer(String[] args, TimeStampRequest request)
            throws Exception {
        var certificate = Sm2.certificate(args[1]);
        var key = KeyFactory.getInstance("EC", PROVIDER)
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(args[0]))));
        ContentSigner signer =
                new JcaContentSignerBuilder("SM3withSM2").setProvider(PROVIDER).build(key);
        DigestCalculatorProvider digests =
                new JcaDigestCalculatorProviderBuilder().setProvider(PROVIDER).build();
        SignerInfoGenerator generator = new JcaSignerInfoGeneratorBuilder(digests)
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator())
                .build(signer, certificate);
        DigestCalculator ess = digests.get(
                new AlgorithmIdentifier(org.bouncycastle.asn1.nist.NISTObjectIdentifiers.id_sha256));
        var tokens = new TimeStampTokenGenerator(generator, ess, POLICY);
        tokens.setAccuracySeconds(1);
        tokens.setAccuracyMillis(500);
        tokens.setTSA(new org.bouncycastle.asn1.x509.GeneralName(
                new X509CertificateHolder(certificate.getEncoded()).getSubject()));
        tokens.addCertificates(new JcaCertStore(List.of(certificate)));
        var responses = new TimeStampResponseGenerator(tokens,
                Set.of(GMObjectIdentifiers.sm3.getId(),
                        org.bouncycastle.asn1.nist.NISTObjectIdentifiers.id_sha256.getId()),
                Set.of(POLICY.getId()));
        return responses.generate(request, BigInteger.valueOf(4711), Date.from(Instant.parse(args[2])));
    }

    /** The same response, its token under the identifier of GM/T 0010, which is not signed. */
    private static byte[] national(byte[] response) throws Exception {
        var stream = new org.bouncycastle.asn1.ASN1InputStream(new ByteArrayInputStream(response));
        ASN1Sequence outer = (ASN1Sequence) stream.readObject();
        ASN1Sequence token = (ASN1Sequence) outer.getObjectAt(1);
        ASN1Encodable[] renamed = {GM_SIGNED_DATA, token.getObjectAt(1)};
        var fields = new ASN1EncodableVector();
        fields.add(outer.getObjectAt(0));
        fields.add(new DERSequence(renamed));
        return new DERSequence(fields).getEncoded("DER");
    }
}
