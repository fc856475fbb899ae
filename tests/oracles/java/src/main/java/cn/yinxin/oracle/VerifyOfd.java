package cn.yinxin.oracle;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.ofdrw.core.signatures.SigType;
import org.ofdrw.gm.ses.parse.SESVersion;
import org.ofdrw.gm.ses.parse.VersionParser;
import org.ofdrw.reader.OFDReader;
import org.ofdrw.sign.verify.OFDValidator;
import org.ofdrw.sign.verify.SignedDataValidateContainer;
import org.ofdrw.sign.verify.container.DigitalValidateContainer;
import org.ofdrw.sign.verify.container.GBT35275ValidateContainer;
import org.ofdrw.sign.verify.container.SESV1ValidateContainer;
import org.ofdrw.sign.verify.container.SESV4ValidateContainer;

/**
 * Verifies every signature of OFD files with ofdrw: {@code VerifyOfd [--cert CERT] FILE...}, the
 * certificate being for bare signatures that carry none. One line a signature: FILE index
 * VALID|INVALID reason; ofdrw stops at the first bad one. It checks file digests, seal equality,
 * the signed hash and the signature value; not the seal's maker, time or path.
 */
public final class VerifyOfd {
    private VerifyOfd() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length > 0, "VerifyOfd [--cert CERT] FILE...");
        Lines lines = new Lines();
        X509Certificate bare = null;
        int at = 0;
        if (args[0].equals("--cert")) {
            Lines.usage(args.length > 2, "VerifyOfd [--cert CERT] FILE...");
            bare = Sm2.certificate(args[1]);
            at = 2;
        }
        for (; at < args.length; at++) {
            String file = args[at];
            X509Certificate certificate = bare;
            lines.each(file, () -> verify(lines, file, certificate));
        }
        lines.exit();
    }

    private static void verify(Lines lines, String file, X509Certificate bare) throws Exception {
        Signatures signatures = new Signatures(lines, file, bare);
        try (OFDReader reader = new OFDReader(Path.of(file));
                OFDValidator validator = new OFDValidator(reader)) {
            validator.setValidator(signatures).exeValidate();
        } catch (Exception error) {
            lines.verdict(false, file, signatures.index, "INVALID", Lines.reason(error));
        }
    }

    /** Hands each signature to ofdrw's own container for its kind and layout. */
    private static final class Signatures implements SignedDataValidateContainer {
        private final Lines lines;
        private final String file;
        private final X509Certificate bare;
        private int index;

        Signatures(Lines lines, String file, X509Certificate bare) {
            this.lines = lines;
            this.file = file;
            this.bare = bare;
        }

        @Override
        public void validate(SigType type, String algorithm, byte[] content, byte[] value)
                throws java.io.IOException, java.security.GeneralSecurityException {
            try {
                container(type, value).validate(type, algorithm, content, value);
            } catch (org.ofdrw.sign.verify.exceptions.OFDVerifyException error) {
                throw new java.security.SignatureException(Lines.reason(error), error);
            }
            lines.verdict(true, file, index, "VALID", "");
            index++;
        }

        @SuppressWarnings("deprecation") // Only the old container takes a bare signature.
        private SignedDataValidateContainer container(SigType type, byte[] value) {
            if (type == SigType.Seal) {
                boolean first = VersionParser.parseSES_SignatureVersion(value).getVersion()
                        == SESVersion.v1;
                return first ? new SESV1ValidateContainer() : new SESV4ValidateContainer();
            }
            boolean carriesCertificate = Tlv.read(value).child(0).tag() != 0x02;
            if (carriesCertificate) {
                return new GBT35275ValidateContainer();
            }
            if (bare == null) {
                throw new IllegalArgumentException("a bare signature needs --cert");
            }
            return new DigitalValidateContainer(bare);
        }
    }
}
