package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import cn.yinxin.internal.Further;

/**
 * For whom OFD packages are encrypted: by password or by certificate, not both. Immutable: a change gives
 * another.
 */
public final class Encryptor {
    private final Instant at;
    private final List<Further.Step> recipients;

    private Encryptor(Instant at, List<Further.Step> recipients) {
        this.at = at;
        this.recipients = recipients;
    }

    /**
     * Begins with no recipient.
     *
     * @param encryptedAt what a package will say of when it was encrypted
     */
    public Encryptor(Instant encryptedAt) {
        this(encryptedAt, Collections.emptyList());
    }

    private Encryptor with(Further.Step recipient) {
        List<Further.Step> more = new ArrayList<>(recipients);
        more.add(recipient);
        return new Encryptor(at, more);
    }

    /**
     * Adds a recipient by password.
     *
     * @param name for all to read
     * @param password up to 1024 bytes
     * @return the changed encryptor
     */
    public Encryptor password(String name, String password) {
        return with(builder -> builder.password(name, password));
    }

    /**
     * Adds a recipient by certificate, which will stand in the package.
     *
     * @param name for all to read
     * @param certificate of an SM2 key
     * @return the changed encryptor
     */
    public Encryptor certificate(String name, Certificate certificate) {
        byte[] der = certificate.shared();
        return with(builder -> builder.recipient(name, der));
    }

    /**
     * Encrypts every file of a package. No two results are alike.
     *
     * @param document OFD
     * @return the encrypted package
     */
    public byte[] encrypt(byte[] document) {
        return Further.encrypt(at.getEpochSecond(), recipients, document);
    }

    /**
     * The plain package behind one that a password opens; nothing is verified. {@link Key#decrypt} opens by a
     * key.
     *
     * @param document the encrypted package
     * @param password the password
     * @return the plain package
     */
    public static byte[] decrypt(byte[] document, String password) {
        return Further.decrypt(password, document);
    }
}
