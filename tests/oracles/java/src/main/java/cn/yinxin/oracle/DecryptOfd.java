package cn.yinxin.oracle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jcajce.provider.digest.SM3;
import org.bouncycastle.util.encoders.Hex;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;
import org.ofdrw.core.crypto.encryt.CT_EncryptInfo;
import org.ofdrw.core.crypto.encryt.DecyptSeed;
import org.ofdrw.core.crypto.encryt.EncryptEntries;
import org.ofdrw.core.crypto.encryt.EncryptEntry;
import org.ofdrw.core.crypto.encryt.Encryptions;
import org.ofdrw.core.crypto.encryt.UserInfo;
import org.ofdrw.gm.sm2strut.SM2Cipher;
import org.ofdrw.gm.support.KDF;

/**
 * Decrypts OFD packages with ofdrw's structures and key derivation and Bouncy Castle's ciphers;
 * the published ofdrw-crypto only encrypts. {@code DecryptOfd password|key SECRET FILE...}, the secret
 * being the password or a file in PKCS#8. One line a decrypted file: FILE scheme path SM3.
 */
public final class DecryptOfd {
    private DecryptOfd() {}

    public static void main(String[] args) throws Exception {
        Lines.usage(args.length > 2, "DecryptOfd password|key SECRET FILE...");
        Lines lines = new Lines();
        Unwrap unwrap = args[0].equals("password") ? password(args[1]) : key(args[1]);
        for (int at = 2; at < args.length; at++) {
            String file = args[at];
            lines.each(file, () -> decrypt(lines, file, unwrap));
        }
        lines.exit();
    }

    /** The file key of one user, or what goes wrong. */
    interface Unwrap {
        byte[] of(UserInfo user) throws Exception;
    }

    private static Unwrap password(String password) {
        byte[] derived = KDF.extend(
                new SM3.Digest(), password.getBytes(StandardCharsets.UTF_8), 16);
        return user -> sm4(derived, user.getIVValue(), user.getEncryptedWK());
    }

    private static Unwrap key(String file) throws IOException {
        var key = PrivateKeyFactory.createKey(Files.readAllBytes(Path.of(file)));
        return user -> {
            var wrapped = ASN1Primitive.fromByteArray(user.getEncryptedWK());
            byte[] joined = SM2Cipher.getInstance(wrapped).convertC1C3C2();
            SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            engine.init(false, key);
            return engine.processBlock(joined, 0, joined.length);
        };
    }

    private static void decrypt(Lines lines, String file, Unwrap unwrap) throws Exception {
        try (ZipFile zip = new ZipFile(file)) {
            Element root = xml(entry(zip, "/Encryptions.xml"));
            List<CT_EncryptInfo> operations = new Encryptions(root).getEncryptInfos();
            CT_EncryptInfo operation = operations.get(0);
            byte[] seed = entry(zip, operation.getDecryptSeedLoc().toString());
            DecyptSeed keys = new DecyptSeed(xml(seed));
            UserInfo user = null;
            byte[] fileKey = null;
            for (UserInfo candidate : keys.getUserInfos()) {
                try {
                    fileKey = unwrap.of(candidate);
                    user = candidate;
                    break;
                } catch (CryptoException error) {
                    continue;
                }
            }
            if (user == null) {
                throw new CryptoException("no user's key is unwrapped");
            }
            byte[] map = entry(zip, operation.getEntriesMapLoc().toString());
            EncryptEntries entries =
                    new EncryptEntries(xml(sm4(fileKey, user.getIVValue(), map)));
            for (EncryptEntry entry : entries.getEncryptEntries()) {
                byte[] cipher = entry(zip, entry.getEPath().toString());
                byte[] plain = sm4(fileKey, user.getIVValue(), cipher);
                lines.print(file, keys.getEncryptCaseId(), entry.getPathA(),
                        Hex.toHexString(Sm2.sm3(plain)));
            }
        }
    }

    private static byte[] entry(ZipFile zip, String path) throws IOException {
        var entry = zip.getEntry(path.replaceFirst("^/+", ""));
        if (entry == null) {
            throw new IOException("no entry " + path);
        }
        return zip.getInputStream(entry).readAllBytes();
    }

    private static Element xml(byte[] bytes) throws DocumentException {
        return new SAXReader().read(new ByteArrayInputStream(bytes)).getRootElement();
    }

    private static byte[] sm4(byte[] key, byte[] vector, byte[] input)
            throws InvalidCipherTextException {
        var cipher = new PaddedBufferedBlockCipher(
                new CBCBlockCipher(new SM4Engine()), new PKCS7Padding());
        cipher.init(false, new ParametersWithIV(new KeyParameter(key), vector));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int length = cipher.processBytes(input, 0, input.length, output, 0);
        length += cipher.doFinal(output, length);
        return java.util.Arrays.copyOf(output, length);
    }
}
