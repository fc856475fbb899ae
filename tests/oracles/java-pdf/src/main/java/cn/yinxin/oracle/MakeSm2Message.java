package cn.yinxin.oracle;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;

/**
 * Signs detached content with SM2 and SM3 under identifiers of the caller's choice, as products name
 * the same algorithms differently: {@code MakeSm2Message KEY CERT (OUT CONTENT FAMILY DIGEST SIGNATURE
 * PARAMETER ATTRIBUTES)...}. Key and certificate are DER; FAMILY is gm or cms; DIGEST and SIGNATURE
 * are OIDs; PARAMETER of the signature's identifier is -, null or an OID; ATTRIBUTES is yes or no.
 */
public final class MakeSm2Message {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final int ARGUMENTS = 7;
    private static final String GM = "1.2.156.10197.6.1.4.2.";
    private static final String PKCS7 = "1.2.840.113549.1.7.";

    private MakeSm2Message() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length > 2 && (args.length - 2) % ARGUMENTS == 0, "MakeSm2Message KEY CERT (OUT ...)...");
        PrivateKey key = KeyFactory.getInstance("EC", PROVIDER)
                .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(args[0]))));
        var certificate = new X509CertificateHolder(Files.readAllBytes(Path.of(args[1])));
        Lines lines = new Lines();
        for (int i = 2; i < args.length; i += ARGUMENTS) {
            String[] one = java.util.Arrays.copyOfRange(args, i, i + ARGUMENTS);
            lines.each(one[0], () -> {
                Files.write(Path.of(one[0]), message(key, certificate, one));
                lines.print(one[0], "MADE");
            });
        }
        lines.exit();
    }

    private static byte[] message(PrivateKey key, X509CertificateHolder certificate, String[] args)
            throws Exception {
        String family = args[2].equals("gm") ? GM : PKCS7;
        var digest = new AlgorithmIdentifier(new ASN1ObjectIdentifier(args[3]));
        var signature = new AlgorithmIdentifier(new ASN1ObjectIdentifier(args[4]), parameter(args[5]));
        var signer = new SignerInfoGeneratorBuilder(Sm3::new, algorithm -> algorithm)
                .setContentDigest(digest)
                .setDirectSignature(args[6].equals("no"))
                .build(new Signer(key, signature), certificate);
        var generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(signer);
        generator.addCertificate(certificate);
        var content = new CMSProcessableByteArray(
                new ASN1ObjectIdentifier(family + "1"), Files.readAllBytes(Path.of(args[1])));
        CMSSignedData signed = generator.generate(content, false);
        var outer = new ContentInfo(
                new ASN1ObjectIdentifier(family + "2"), signed.toASN1Structure().getContent());
        return outer.getEncoded("DER");
    }

    private static ASN1Encodable parameter(String name) {
        return switch (name) {
            case "-" -> null;
            case "null" -> DERNull.INSTANCE;
            default -> new ASN1ObjectIdentifier(name);
        };
    }

    /** SM3 whatever the identifier. */
    private static final class Sm3 implements DigestCalculator {
        private final AlgorithmIdentifier identifier;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Sm3(AlgorithmIdentifier identifier) {
            this.identifier = identifier;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return identifier;
        }

        @Override
        public OutputStream getOutputStream() {
            return bytes;
        }

        @Override
        public byte[] getDigest() {
            try {
                return MessageDigest.getInstance("SM3", PROVIDER).digest(bytes.toByteArray());
            } catch (java.security.NoSuchAlgorithmException error) {
                throw new IllegalStateException(error);
            }
        }
    }

    /** SM2 whatever the identifier. */
    private static final class Signer implements ContentSigner {
        private final PrivateKey key;
        private final AlgorithmIdentifier identifier;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Signer(PrivateKey key, AlgorithmIdentifier identifier) {
            this.key = key;
            this.identifier = identifier;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return identifier;
        }

        @Override
        public OutputStream getOutputStream() {
            return bytes;
        }

        @Override
        public byte[] getSignature() {
            try {
                Signature signature = Signature.getInstance("SM3WITHSM2", PROVIDER);
                signature.initSign(key);
                signature.update(bytes.toByteArray());
                return signature.sign();
            } catch (java.security.GeneralSecurityException error) {
                throw new IllegalStateException(error);
            }
        }
    }
}
