package cn.yinxin.oracle;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** SM2 and SM3 by Bouncy Castle. */
final class Sm2 {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final byte[] DEFAULT_ID = "1234567812345678".getBytes();

    private Sm2() {}

    /** Whether the DER signature over the message verifies under the certificate's key. */
    static boolean verify(X509Certificate certificate, byte[] message, byte[] signature)
            throws java.io.IOException {
        SM2Signer signer = new SM2Signer();
        var key = PublicKeyFactory.createKey(certificate.getPublicKey().getEncoded());
        signer.init(false, new ParametersWithID(key, DEFAULT_ID));
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    static byte[] sm3(byte[] message) throws java.security.NoSuchAlgorithmException {
        return MessageDigest.getInstance("SM3", PROVIDER).digest(message);
    }

    /** A certificate from PEM or DER. */
    static X509Certificate certificate(byte[] bytes) throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509", PROVIDER);
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
    }

    static X509Certificate certificate(String file) throws Exception {
        return certificate(Files.readAllBytes(Path.of(file)));
    }

    /** A revocation list from PEM or DER. */
    static X509CRL crl(byte[] bytes) throws CertificateException, CRLException {
        var factory = CertificateFactory.getInstance("X.509", PROVIDER);
        return (X509CRL) factory.generateCRL(new ByteArrayInputStream(bytes));
    }
}
