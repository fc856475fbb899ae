package cn.yinxin;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import cn.yinxin.internal.Pki;

/** A certificate (X.509; never a license). Immutable. */
public final class Certificate {
    private final Pki.CertificateData data;

    Certificate(Pki.CertificateData data) {
        this.data = data;
    }

    /**
     * Reads a certificate; of several in one file the first.
     *
     * @param file DER or PEM
     * @return the certificate
     */
    public static Certificate parse(byte[] file) {
        return new Certificate(Pki.certificate(file.clone()));
    }

    /**
     * Makes the certificate of a root authority of one's own.
     *
     * @param commonName its name
     * @param serial a positive big-endian number of up to 20 bytes
     * @param from first second of the validity
     * @param until last second of the validity
     * @param key its key
     * @return the certificate
     */
    public static Certificate makeRoot(String commonName, byte[] serial, Instant from, Instant until, Key key) {
        return new Certificate(Pki.make(commonName, null, serial, from.getEpochSecond(), until.getEpochSecond(),
            key.handle(), null, null));
    }

    /**
     * Makes the certificate of one who signs documents or makes seals.
     *
     * @param commonName the name
     * @param serial a positive big-endian number of up to 20 bytes
     * @param from first second of the validity
     * @param until last second of the validity
     * @param key the subject's key, of which the public half is used
     * @param issuer the authority
     * @param issuerKey the authority's key
     * @return the certificate
     */
    public static Certificate makeSigner(String commonName, byte[] serial, Instant from, Instant until, Key key,
            Certificate issuer, Key issuerKey) {
        return new Certificate(Pki.make(commonName, null, serial, from.getEpochSecond(), until.getEpochSecond(),
            key.handle(), issuer.data.der, issuerKey.handle()));
    }

    /**
     * Makes a revocation list.
     *
     * @param number the number of the list
     * @param thisUpdate when it is made, and as of when it revokes
     * @param nextUpdate when the next is due
     * @param issuer the authority
     * @param issuerKey its key
     * @param revoked what it revokes
     * @return DER
     */
    public static byte[] makeCrl(long number, Instant thisUpdate, Instant nextUpdate, Certificate issuer,
            Key issuerKey, List<Certificate> revoked) {
        byte[][] all = revoked.stream().map(one -> one.data.der).toArray(byte[][]::new);
        return Pki.crl(number, thisUpdate.getEpochSecond(), nextUpdate.getEpochSecond(), issuer.data.der,
            issuerKey.handle(), all);
    }

    /**
     * The bytes.
     *
     * @return a copy of the DER
     */
    public byte[] der() {
        return data.der.clone();
    }

    byte[] shared() {
        return data.der;
    }

    /**
     * The subject's name, RFC 4514 style. It is what the certificate says: escape it before a person
     * reads it.
     *
     * @return the name
     */
    public String subject() {
        return data.subject;
    }

    /**
     * The issuer's name, as the subject's.
     *
     * @return the name
     */
    public String issuer() {
        return data.issuer;
    }

    /**
     * The serial number.
     *
     * @return hexadecimal digits
     */
    public String serial() {
        return data.serial;
    }

    /**
     * First second of the validity.
     *
     * @return the time
     */
    public Instant validFrom() {
        return Instant.ofEpochSecond(data.validFrom);
    }

    /**
     * Last second of the validity.
     *
     * @return the time
     */
    public Instant validUntil() {
        return Instant.ofEpochSecond(data.validUntil);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate && Arrays.equals(data.der, ((Certificate) other).data.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data.der);
    }

    @Override
    public String toString() {
        return "Certificate(" + data.serial + ")";
    }
}
