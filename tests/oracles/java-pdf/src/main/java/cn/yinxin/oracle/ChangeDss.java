package cn.yinxin.oracle;

import eu.europa.esig.dss.alert.SilentOnStatusAlert;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.PAdESTimestampParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.tsp.KeyEntityTSPSource;
import java.io.File;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * Does with EU DSS what honest tools do to a signed PDF, offline, as incremental updates.
 *
 * <p>{@code ChangeDss IN.pdf OUT.pdf STEP KEY.pem CERT.pem ROOT.pem TSA-KEY.pem TSA.pem CRL}: {@code sign}
 * and {@code sign-t} add a signature of level B or T, {@code stamp} a document time stamp, {@code lt}
 * and {@code lta} take every signature to that level. P-256 signs, RSA stamps time. Prints {@code ok}.
 */
public final class ChangeDss {
    private final CertificateToken signer;
    private final CertificateToken root;
    private final PrivateKey key;
    private final PAdESService service;

    private ChangeDss(List<String> files) throws Exception {
        key = key(files.get(0), "EC");
        signer = DSSUtils.loadCertificate(new File(files.get(1)));
        root = DSSUtils.loadCertificate(new File(files.get(2)));
        CertificateToken stamper = DSSUtils.loadCertificate(new File(files.get(4)));
        var trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(root);
        trusted.addCertificate(stamper);
        var verifier = new CommonCertificateVerifier();
        verifier.setAIASource(null);
        verifier.setOcspSource(null);
        verifier.setTrustedCertSources(trusted);
        verifier.setCrlSource(new ExternalResourcesCRLSource(new FileInputStream(files.get(5))));
        // The list may be older than the signature by seconds.
        verifier.setAlertOnNoRevocationAfterBestSignatureTime(new SilentOnStatusAlert());
        service = new PAdESService(verifier);
        var stamps = new KeyEntityTSPSource(key(files.get(3), "RSA"), stamper, List.of(stamper));
        stamps.setTsaPolicy("1.2.3.4");
        service.setTspSource(stamps);
    }

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length == 9,
                "ChangeDss IN.pdf OUT.pdf STEP KEY.pem CERT.pem ROOT.pem TSA-KEY.pem TSA.pem CRL");
        var changed = new ChangeDss(List.of(args).subList(3, 9))
                .change(new FileDocument(args[0]), args[2]);
        changed.save(args[1]);
        System.out.println("ok");
    }

    private DSSDocument change(DSSDocument document, String step) throws Exception {
        switch (step) {
            case "sign":
                return sign(document, SignatureLevel.PAdES_BASELINE_B);
            case "sign-t":
                return sign(document, SignatureLevel.PAdES_BASELINE_T);
            case "stamp":
                return service.timestamp(document, new PAdESTimestampParameters());
            case "lt":
                return service.extendDocument(document, level(SignatureLevel.PAdES_BASELINE_LT));
            case "lta":
                return service.extendDocument(document, level(SignatureLevel.PAdES_BASELINE_LTA));
            default:
                throw new IllegalArgumentException(step);
        }
    }

    private DSSDocument sign(DSSDocument document, SignatureLevel level) throws Exception {
        PAdESSignatureParameters parameters = level(level);
        parameters.setSigningCertificate(signer);
        parameters.setCertificateChain(signer, root);
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(service.getDataToSign(document, parameters).getBytes());
        var value = new SignatureValue(SignatureAlgorithm.ECDSA_SHA256, signature.sign());
        return service.signDocument(document, parameters, value);
    }

    private static PAdESSignatureParameters level(SignatureLevel level) {
        var parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(level);
        return parameters;
    }

    private static PrivateKey key(String file, String algorithm) throws Exception {
        String pem = Files.readString(Path.of(file)).replaceAll("-----[A-Z ]+-----|\\s", "");
        var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem));
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
    }
}
