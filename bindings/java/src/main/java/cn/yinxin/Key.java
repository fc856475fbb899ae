package cn.yinxin;

import java.util.Objects;

import cn.yinxin.internal.Further;
import cn.yinxin.internal.Handle;
import cn.yinxin.internal.Pki;

/** A private key in memory. Any number of threads may sign with it; closing wipes it. */
public final class Key implements AutoCloseable {
    private final Handle handle;

    private Key(Handle handle) {
        this.handle = handle;
    }

    /**
     * Makes a new key with the operating system's random numbers.
     *
     * @param kind its kind
     * @return the key
     */
    public static Key generate(KeyKind kind) {
        return new Key(Pki.generate(kind.number()));
    }

    /**
     * Reads an unencrypted key: PKCS#8 as DER or PEM, SEC 1 as PEM.
     *
     * @param file the bytes
     * @return the key
     */
    public static Key parse(byte[] file) {
        return new Key(Pki.key(file.clone(), null));
    }

    /**
     * Reads an encrypted key.
     *
     * @param file the bytes
     * @param password its password
     * @return the key
     */
    public static Key parse(byte[] file, String password) {
        return new Key(Pki.key(file.clone(), Objects.requireNonNull(password, "password")));
    }

    /**
     * An SM2 key from its scalar.
     *
     * @param scalar 32 bytes, big-endian
     * @return the key
     */
    public static Key fromSm2Scalar(byte[] scalar) {
        return new Key(Pki.sm2(scalar.clone()));
    }

    /** A key and its certificate, as a PKCS#12 file holds them. */
    public static final class Identity implements AutoCloseable {
        private final Key key;
        private final Certificate certificate;

        private Identity(Pki.Identity read) {
            key = new Key(read.key);
            certificate = new Certificate(read.certificate);
        }

        /**
         * The key, which is closed with this.
         *
         * @return the key
         */
        public Key key() {
            return key;
        }

        /**
         * Its certificate.
         *
         * @return the certificate
         */
        public Certificate certificate() {
            return certificate;
        }

        @Override
        public void close() {
            key.close();
        }
    }

    /**
     * Reads the one key of a PKCS#12 file and its certificate.
     *
     * @param file the bytes
     * @param password its password
     * @return both
     */
    public static Identity parsePkcs12(byte[] file, String password) {
        return new Identity(Pki.pkcs12(file.clone(), Objects.requireNonNull(password, "password")));
    }

    /**
     * Signs a message.
     *
     * @param message the message
     * @return the signature, DER for SM2 and ECDSA
     */
    public byte[] sign(byte[] message) {
        return Pki.sign(handle, message);
    }

    /**
     * Writes the key.
     *
     * @param password what to encrypt it under
     * @return PEM text
     */
    public String toEncryptedPem(String password) {
        return Pki.pem(handle, Objects.requireNonNull(password, "password"));
    }

    /**
     * Writes the key in the open.
     *
     * @return PEM text
     */
    public String toPem() {
        return Pki.pem(handle, null);
    }

    /**
     * The plain OFD package behind one that is encrypted to this key's certificate; nothing is verified.
     *
     * @param document the encrypted package
     * @return the plain package
     */
    public byte[] decrypt(byte[] document) {
        return Further.decrypt(handle, document);
    }

    Handle handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }

    @Override
    public String toString() {
        return "Key(secret)";
    }
}
