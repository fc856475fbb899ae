import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * Does with Bouncy Castle what each line asks for, `verify 20` say, and answers with the nanoseconds of
 * processor time that it took. The first lines are for the compiler to warm up.
 */
public final class BouncyCastle {
    private static final byte[] MESSAGE = new byte[100];

    public static void main(String[] arguments) throws Exception {
        X9ECParameters curve = CustomNamedCurves.getByName("sm2p256v1");
        ECDomainParameters domain =
                new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
        BigInteger d = BigInteger.valueOf(0x3939393939393939L);
        ECPublicKeyParameters key =
                new ECPublicKeyParameters(domain.getG().multiply(d).normalize(), domain);
        SM2Signer signer = new SM2Signer();
        signer.init(
                true,
                new ParametersWithRandom(
                        new ECPrivateKeyParameters(d, domain), new SecureRandom()));
        SM2Signer verifier = new SM2Signer();
        verifier.init(false, key);
        signer.update(MESSAGE, 0, MESSAGE.length);
        byte[] signature = signer.generateSignature();
        byte[] large = new byte[16 << 10];

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null; ) {
            String[] words = line.split(" ");
            int count = Integer.parseInt(words[1]);
            long start = threads.getCurrentThreadCpuTime();
            for (int done = 0; done < count; done++) {
                switch (words[0]) {
                    case "verify":
                        verifier.update(MESSAGE, 0, MESSAGE.length);
                        if (!verifier.verifySignature(signature)) {
                            throw new IllegalStateException("not verified");
                        }
                        break;
                    case "sign":
                        signer.update(MESSAGE, 0, MESSAGE.length);
                        signer.generateSignature();
                        break;
                    case "digest":
                        SM3Digest digest = new SM3Digest();
                        digest.update(large, 0, large.length);
                        digest.doFinal(new byte[32], 0);
                        break;
                    default:
                        throw new IllegalArgumentException(line);
                }
            }
            System.out.println(threads.getCurrentThreadCpuTime() - start);
        }
    }
}
