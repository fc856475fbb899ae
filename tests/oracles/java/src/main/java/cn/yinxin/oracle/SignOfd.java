package cn.yinxin.oracle;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.ofdrw.reader.OFDReader;
import org.ofdrw.sign.ExtendSignatureContainer;
import org.ofdrw.sign.OFDSigner;
import org.ofdrw.sign.SignMode;
import org.ofdrw.sign.signContainer.DigitalSignContainer;
import org.ofdrw.sign.signContainer.GBT35275DSContainer;
import org.ofdrw.sign.signContainer.GBT35275PKCS9DSContainer;
import org.ofdrw.sign.signContainer.SESV1Container;
import org.ofdrw.sign.signContainer.SESV4Container;
import org.ofdrw.sign.stamppos.NormalStampPos;
import org.ofdrw.sign.stamppos.RidingStampPos;
import org.ofdrw.sign.stamppos.Side;

/**
 * Signs OFD files with ofdrw: {@code SignOfd KEY CERT SEAL [KIND MODE STAMP IN OUT]...}, the key in
 * PEM (PKCS#8), the seal an .esl file. KIND is v1, v4, attributes, digest or bare; MODE continue or
 * whole; STAMP none, page or an edge for a riding seal. One line a file: OUT SIGNED, or OUT ERROR
 * reason; later jobs may sign what earlier ones wrote.
 */
public final class SignOfd {
    private static final double SIZE_MM = 42;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final byte[] seal;

    private SignOfd(PrivateKey key, X509Certificate certificate, byte[] seal) {
        this.key = key;
        this.certificate = certificate;
        this.seal = seal;
    }

    public static void main(String[] args) throws Exception {
        Lines.usage(
                args.length > 3 && args.length % 5 == 3,
                "SignOfd KEY CERT SEAL [KIND MODE STAMP IN OUT]...");
        Security.addProvider(new BouncyCastleProvider());
        Lines lines = new Lines();
        SignOfd signer = new SignOfd(
                key(args[0]), Sm2.certificate(args[1]), Files.readAllBytes(Path.of(args[2])));
        for (int i = 3; i < args.length; i += 5) {
            String[] job = java.util.Arrays.copyOfRange(args, i, i + 5);
            lines.each(job[4], () -> {
                signer.sign(job[0], job[1], job[2], Path.of(job[3]), Path.of(job[4]));
                lines.print(job[4], "SIGNED");
            });
        }
        lines.exit();
    }

    private static PrivateKey key(String file) throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(Path.of(file))))) {
            PrivateKeyInfo info = (PrivateKeyInfo) parser.readObject();
            return new JcaPEMKeyConverter().setProvider("BC").getPrivateKey(info);
        }
    }

    private void sign(String kind, String mode, String stamp, Path in, Path out)
            throws Exception {
        try (OFDReader reader = new OFDReader(in);
                OFDSigner signer = new OFDSigner(reader, out)) {
            signer.setSignMode(
                    mode.equals("whole") ? SignMode.WholeProtected : SignMode.ContinueSign);
            signer.setSignContainer(container(kind));
            switch (stamp) {
                case "none" -> {}
                case "page" -> signer.addApPos(new NormalStampPos(1, 130, 200, SIZE_MM, SIZE_MM));
                default -> signer.addApPos(
                        new RidingStampPos(Side.valueOf(stamp), SIZE_MM, SIZE_MM));
            }
            signer.exeSign();
        }
    }

    @SuppressWarnings("deprecation") // Only the old container makes a bare signature.
    private ExtendSignatureContainer container(String kind) {
        return switch (kind) {
            case "v1" -> new SESV1Container(
                    key, org.ofdrw.gm.ses.v1.SESeal.getInstance(seal), certificate);
            case "v4" -> new SESV4Container(
                    key, org.ofdrw.gm.ses.v4.SESeal.getInstance(seal), certificate);
            case "attributes" -> new GBT35275PKCS9DSContainer(certificate, key);
            case "digest" -> new GBT35275DSContainer(certificate, key);
            case "bare" -> new DigitalSignContainer(key);
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
