package cn.yinxin.internal;

import com.sun.jna.Pointer;

/** Building verifiers, and verifying with them. */
public final class Trusting implements AutoCloseable {
    private final Pointer builder;

    /**
     * Begins a verifier.
     *
     * @param policy name or JSON
     */
    public Trusting(String policy) {
        byte[] text = Native.text(policy);
        builder = Native.object((out, error) -> C.yinxin_verifier_builder_new(text, out, error));
    }

    /**
     * Adds anchors.
     *
     * @param role number of the role
     * @param file DER or PEM
     */
    public void anchors(int role, byte[] file) {
        Native.run(error -> C.yinxin_verifier_builder_add_anchors(builder, role, file, file.length, error));
    }

    /** What kinds of material there are besides anchors. */
    public enum Material {
        /** Intermediate certificates. */
        INTERMEDIATES(C::yinxin_verifier_builder_add_intermediates),
        /** Certificates of signers. */
        SIGNERS(C::yinxin_verifier_builder_add_signer_certificates),
        /** Revocation lists. */
        CRLS(C::yinxin_verifier_builder_add_crls),
        /** A status list. */
        STATUS_LIST(C::yinxin_verifier_builder_add_status_list),
        /** Where licenses and seals stand in status lists. */
        STATUS_REFERENCES(C::yinxin_verifier_builder_add_status_references),
        /** An OCSP response. */
        OCSP(C::yinxin_verifier_builder_add_ocsp),
        /** An SM2 signer ID. */
        SM2_ID(C::yinxin_verifier_builder_add_sm2_id);

        private final Add add;

        Material(Add add) {
            this.add = add;
        }
    }

    private interface Add {
        int call(Pointer builder, byte[] file, long len, long[] error);
    }

    /**
     * Adds material.
     *
     * @param kind its kind
     * @param file its bytes
     */
    public void add(Material kind, byte[] file) {
        Native.run(error -> kind.add.call(builder, file, file.length, error));
    }

    /**
     * Adds a revocation list of seals.
     *
     * @param file its bytes
     * @param asOf seconds since 1970; null for what it states
     */
    public void sealRevocations(byte[] file, Long asOf) {
        long[] time = asOf == null ? null : new long[] {asOf};
        Native.run(error ->
            C.yinxin_verifier_builder_add_seal_revocations(builder, file, file.length, time, error));
    }

    /**
     * Adds the evidence of a pack.
     *
     * @param stored the state before it was opened
     * @param pack its bytes
     * @param now when it was opened
     */
    public void pack(byte[] stored, byte[] pack, long now) {
        Further.pack(stored, pack, now, (state, evidence) -> {
            Native.run(error -> C.yinxin_verifier_builder_add_pack(builder, evidence, error));
            return null;
        });
    }

    /**
     * Says how old a trust list may be.
     *
     * @param warnDays until it is reported as stale
     * @param stopDays until it vouches for nobody
     */
    public void freshnessLimits(long warnDays, long stopDays) {
        Native.run(error ->
            C.yinxin_verifier_builder_set_freshness_limits(builder, warnDays, stopDays, error));
    }

    /**
     * Takes what a trust list says.
     *
     * @param stored the state with the list
     */
    public void trust(byte[] stored) {
        TrustStates.with(stored, state -> {
            Native.run(error -> C.yinxin_verifier_builder_set_trust(builder, state, error));
            return null;
        });
    }

    /**
     * Sets the password of encrypted files.
     *
     * @param password the password
     */
    public void password(String password) {
        byte[] text = Native.text(password);
        Native.run(error -> C.yinxin_verifier_builder_set_password(builder, text, error));
    }

    /**
     * Makes the verifier.
     *
     * @return its handle
     */
    public Handle build() {
        return new Handle(Native.object((out, error) -> C.yinxin_verifier_builder_build(builder, out, error)),
            C::yinxin_verifier_free);
    }

    @Override
    public void close() {
        C.yinxin_verifier_builder_free(builder);
    }

    /**
     * Judges a document.
     *
     * @param verifier the verifier
     * @param document its bytes
     * @param at seconds since 1970
     * @return the report, JSON
     */
    public static String verify(Handle verifier, byte[] document, long at) {
        return verifier.use(it -> report((out, error) ->
            C.yinxin_verifier_verify(it, document, document.length, at, out, error)));
    }

    /**
     * Judges a signature beside its content.
     *
     * @param verifier the verifier
     * @param signature its bytes
     * @param content what is signed
     * @param at seconds since 1970
     * @return the report, JSON
     */
    public static String verifyDetached(Handle verifier, byte[] signature, byte[] content, long at) {
        return verifier.use(it -> report((out, error) -> C.yinxin_verifier_verify_detached(it, signature,
            signature.length, content, content.length, at, out, error)));
    }

    /**
     * Judges a document that may be encrypted.
     *
     * @param verifier the verifier
     * @param document its bytes
     * @param recipient the key that opens it
     * @param at seconds since 1970
     * @return the report, JSON
     */
    public static String verifyEncrypted(Handle verifier, byte[] document, Handle recipient, long at) {
        return verifier.use(it -> recipient.use(key -> report((out, error) ->
            C.yinxin_verifier_verify_encrypted(it, document, document.length, key, at, out, error))));
    }

    private static String report(Native.Gives call) {
        Pointer report = Native.object(call);
        try {
            return new String(Native.lent(len -> C.yinxin_report_json(report, len)),
                java.nio.charset.StandardCharsets.UTF_8);
        } finally {
            C.yinxin_report_free(report);
        }
    }
}
