package cn.yinxin.internal;

import com.sun.jna.Pointer;

/** Certificates, keys and revocation lists. */
public final class Pki {
    private Pki() {}

    /** A certificate, read. */
    public static final class CertificateData {
        /** Its bytes. */
        public final byte[] der;
        /** Its subject. */
        public final String subject;
        /** Its issuer. */
        public final String issuer;
        /** Its serial number. */
        public final String serial;
        /** First second of its validity. */
        public final long validFrom;
        /** Last second of its validity. */
        public final long validUntil;

        private CertificateData(Pointer it) {
            der = Native.lent(len -> C.yinxin_certificate_der(it, len));
            subject = Native.read(C.yinxin_certificate_subject(it));
            issuer = Native.read(C.yinxin_certificate_issuer(it));
            serial = Native.read(C.yinxin_certificate_serial(it));
            validFrom = C.yinxin_certificate_valid_from(it);
            validUntil = C.yinxin_certificate_valid_until(it);
        }
    }

    /** A key with its certificate. */
    public static final class Identity {
        /** The key. */
        public final Handle key;
        /** Its certificate. */
        public final CertificateData certificate;

        private Identity(Handle key, CertificateData certificate) {
            this.key = key;
            this.certificate = certificate;
        }
    }

    /** What is done with a native certificate. */
    interface WithCertificate<T> {
        T call(Pointer certificate);
    }

    static <T> T with(byte[] der, WithCertificate<T> call) {
        Pointer certificate =
            Native.object((out, error) -> C.yinxin_certificate_parse(der, der.length, out, error));
        try {
            return call.call(certificate);
        } finally {
            C.yinxin_certificate_free(certificate);
        }
    }

    /** Takes what a native certificate says, and frees it. */
    static CertificateData taken(Pointer certificate) {
        try {
            return new CertificateData(certificate);
        } finally {
            C.yinxin_certificate_free(certificate);
        }
    }

    /**
     * Reads a certificate.
     *
     * @param file DER or PEM
     * @return the certificate
     */
    public static CertificateData certificate(byte[] file) {
        return with(file, CertificateData::new);
    }

    private static Handle key(Native.Gives call) {
        return new Handle(Native.object(call), C::yinxin_key_free);
    }

    /**
     * Makes a key.
     *
     * @param kind number of the kind
     * @return the key
     */
    public static Handle generate(int kind) {
        return key((out, error) -> C.yinxin_key_generate(kind, out, error));
    }

    /**
     * Reads a key.
     *
     * @param file DER or PEM
     * @param password null where it is not encrypted
     * @return the key
     */
    public static Handle key(byte[] file, String password) {
        byte[] text = Native.text(password);
        return key((out, error) -> C.yinxin_key_parse(file, file.length, text, out, error));
    }

    /**
     * A key from its scalar.
     *
     * @param scalar 32 bytes
     * @return the key
     */
    public static Handle sm2(byte[] scalar) {
        return key((out, error) -> C.yinxin_key_from_sm2_scalar(scalar, scalar.length, out, error));
    }

    /**
     * Reads PKCS#12.
     *
     * @param file the file
     * @param password its password
     * @return the key and its certificate
     */
    public static Identity pkcs12(byte[] file, String password) {
        byte[] text = Native.text(password);
        long[] key = new long[1];
        Pointer certificate = Native.object((out, error) ->
            C.yinxin_key_parse_pkcs12(file, file.length, text, key, out, error));
        return new Identity(new Handle(new Pointer(key[0]), C::yinxin_key_free), taken(certificate));
    }

    /**
     * Signs.
     *
     * @param key the key
     * @param message the message
     * @return the signature
     */
    public static byte[] sign(Handle key, byte[] message) {
        return key.use(it -> Native.bytes((out, error) ->
            C.yinxin_key_sign(it, message, message.length, out, error)));
    }

    /**
     * Writes a key.
     *
     * @param key the key
     * @param password null to leave it open
     * @return PEM
     */
    public static String pem(Handle key, String password) {
        byte[] text = Native.text(password);
        return key.use(it -> Native.string((out, error) -> C.yinxin_key_to_pem(it, text, out, error)));
    }

    /**
     * Makes a certificate.
     *
     * @param commonName name of the subject
     * @param organization null for none
     * @param serial serial number
     * @param from first second of the validity
     * @param until last second of the validity
     * @param key the subject's key
     * @param issuer the issuer's certificate; null for a root
     * @param issuerKey the issuer's key; null for a root
     * @return the certificate
     */
    public static CertificateData make(String commonName, String organization, byte[] serial, long from, long until,
            Handle key, byte[] issuer, Handle issuerKey) {
        byte[] name = Native.text(commonName);
        byte[] unit = Native.text(organization);
        Pointer spec = Native.object((out, error) ->
            C.yinxin_certificate_spec_new(name, unit, serial, serial.length, from, until, out, error));
        try {
            if (issuer == null) {
                return key.use(own -> taken(Native.object((out, error) ->
                    C.yinxin_certificate_make_root(spec, own, out, error))));
            }
            return with(issuer, above -> key.use(own -> issuerKey.use(aboveKey -> taken(
                Native.object((out, error) ->
                    C.yinxin_certificate_make_signer(spec, own, above, aboveKey, out, error))))));
        } finally {
            C.yinxin_certificate_spec_free(spec);
        }
    }

    /**
     * Makes a revocation list that revokes nobody.
     *
     * @param number its number
     * @param thisUpdate when it is made
     * @param nextUpdate when the next is due
     * @param issuer the issuer's certificate
     * @param issuerKey the issuer's key
     * @param revoked certificates that are revoked as of {@code thisUpdate}
     * @return DER
     */
    public static byte[] crl(long number, long thisUpdate, long nextUpdate, byte[] issuer, Handle issuerKey,
            byte[][] revoked) {
        Pointer builder = Native.object((out, error) ->
            C.yinxin_crl_builder_new(number, thisUpdate, nextUpdate, out, error));
        try {
            for (byte[] one : revoked) {
                with(one, it -> {
                    Native.run(error -> C.yinxin_crl_builder_revoke(builder, it, thisUpdate, error));
                    return null;
                });
            }
            return with(issuer, above -> issuerKey.use(key -> Native.bytes((out, error) ->
                C.yinxin_crl_builder_sign(builder, above, key, out, error))));
        } finally {
            C.yinxin_crl_builder_free(builder);
        }
    }
}
