package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import cn.yinxin.internal.Handle;
import cn.yinxin.internal.Trusting;

/**
 * Judges documents, seals and signatures under one policy with the trust material it was given. Build
 * one and share it: any number of threads may verify with it at once. Close it when it is not needed any
 * more; calls in progress end well.
 */
public final class Verifier implements AutoCloseable {
    private final Handle handle;

    private Verifier(Handle handle) {
        this.handle = handle;
    }

    /**
     * Begins a verifier. Without anchors nothing passes.
     *
     * @param policy the policy
     * @return a builder
     */
    public static Builder builder(Policy policy) {
        return new Builder(policy);
    }

    /**
     * Judges a document, a stand-alone seal or a signature. Whatever the bytes are, the answer is a
     * report.
     *
     * @param document the bytes, which must not change meanwhile
     * @param at the time as of which it is judged
     * @return the report
     */
    public Report verify(byte[] document, Instant at) {
        return new Report(Trusting.verify(handle, document, at.getEpochSecond()));
    }

    /**
     * Judges a signature that stands beside its content: an SES_Signature, CMS or GB/T 35275.
     *
     * @param signature the signature
     * @param content what is signed
     * @param at the time as of which it is judged
     * @return the report
     */
    public Report verifyDetached(byte[] signature, byte[] content, Instant at) {
        return new Report(Trusting.verifyDetached(handle, signature, content, at.getEpochSecond()));
    }

    /**
     * As {@link #verify}, with the key of a recipient, which opens an encrypted OFD.
     *
     * @param document the bytes
     * @param recipient the key
     * @param at the time as of which it is judged
     * @return the report
     */
    public Report verifyEncrypted(byte[] document, Key recipient, Instant at) {
        return new Report(Trusting.verifyEncrypted(handle, document, recipient.handle(), at.getEpochSecond()));
    }

    Handle handle() {
        return handle;
    }

    @Override
    public void close() {
        handle.close();
    }

    /** Gathers trust material. For one thread. */
    public static final class Builder {
        private interface Step {
            void apply(Trusting trusting);
        }

        private final Policy policy;
        private final List<Step> steps = new ArrayList<>();

        private Builder(Policy policy) {
            this.policy = Objects.requireNonNull(policy, "policy");
        }

        /**
         * Trusts every certificate of a file for one role: an anchor of signers vouches for no maker.
         *
         * @param role the role
         * @param file DER or PEM
         * @return this
         */
        public Builder anchors(AnchorRole role, byte[] file) {
            byte[] kept = file.clone();
            int number = role.number();
            steps.add(it -> it.anchors(number, kept));
            return this;
        }

        /**
         * Trusts a certificate for one role.
         *
         * @param role the role
         * @param certificate the certificate
         * @return this
         */
        public Builder anchor(AnchorRole role, Certificate certificate) {
            return anchors(role, certificate.shared());
        }

        /**
         * Adds certificates that may help to build a path; they are not trusted.
         *
         * @param file DER or PEM
         * @return this
         */
        public Builder intermediates(byte[] file) {
            return add(Trusting.Material.INTERMEDIATES, file);
        }

        /**
         * Adds certificates one of which may be the signer's; they are not trusted.
         *
         * @param file DER or PEM
         * @return this
         */
        public Builder signerCertificates(byte[] file) {
            return add(Trusting.Material.SIGNERS, file);
        }

        /**
         * Adds the revocation lists of a file.
         *
         * @param file DER or PEM
         * @return this
         */
        public Builder crls(byte[] file) {
            return add(Trusting.Material.CRLS, file);
        }

        /**
         * Adds an OCSP response.
         *
         * @param file DER
         * @return this
         */
        public Builder ocsp(byte[] file) {
            return add(Trusting.Material.OCSP, file);
        }

        /**
         * Adds a status list; it is used where it tells of the time asked about and the trust list believes
         * its publisher.
         *
         * @param file JWT or CWT
         * @return this
         */
        public Builder statusList(byte[] file) {
            return add(Trusting.Material.STATUS_LIST, file);
        }

        /**
         * Says where in which status list licenses and seals stand.
         *
         * @param file JSON of a register
         * @return this
         */
        public Builder statusReferences(byte[] file) {
            return add(Trusting.Material.STATUS_REFERENCES, file);
        }

        /**
         * Adds a revocation list of seals, as of the time that it states.
         *
         * @param file JSON
         * @return this
         */
        public Builder sealRevocations(byte[] file) {
            byte[] kept = file.clone();
            steps.add(it -> it.sealRevocations(kept, null));
            return this;
        }

        /**
         * Adds a revocation list of seals that does not state its time.
         *
         * @param file JSON
         * @param asOf the time for which it speaks
         * @return this
         */
        public Builder sealRevocations(byte[] file, Instant asOf) {
            byte[] kept = file.clone();
            long time = asOf.getEpochSecond();
            steps.add(it -> it.sealRevocations(kept, time));
            return this;
        }

        /**
         * Adds the evidence of a pack; its trust list comes with {@link TrustPack#state()}.
         *
         * @param pack the pack
         * @return this
         */
        public Builder pack(TrustPack pack) {
            steps.add(pack::addTo);
            return this;
        }

        /**
         * Says how old a trust list may be; by default 7 and 30 days.
         *
         * @param warnDays from then on it is reported as stale
         * @param stopDays from then on it vouches for nobody
         * @return this
         */
        public Builder freshnessLimits(long warnDays, long stopDays) {
            steps.add(it -> it.freshnessLimits(warnDays, stopDays));
            return this;
        }

        /**
         * Admits another SM2 signer ID besides {@code 1234567812345678}.
         *
         * @param id the ID
         * @return this
         */
        public Builder sm2Id(byte[] id) {
            return add(Trusting.Material.SM2_ID, id);
        }

        /**
         * Takes anchors, organizations and scopes from the trust list in force.
         *
         * @param state the trust system
         * @return this
         */
        public Builder trust(TrustState state) {
            byte[] stored = state.shared();
            steps.add(it -> it.trust(stored));
            return this;
        }

        /**
         * Sets the password of encrypted files.
         *
         * @param password the password
         * @return this
         */
        public Builder password(String password) {
            Objects.requireNonNull(password, "password");
            steps.add(it -> it.password(password));
            return this;
        }

        private Builder add(Trusting.Material kind, byte[] file) {
            byte[] kept = file.clone();
            steps.add(it -> it.add(kind, kept));
            return this;
        }

        /**
         * Makes the verifier.
         *
         * @return the verifier
         */
        public Verifier build() {
            try (Trusting trusting = new Trusting(policy.toJson())) {
                for (Step step : steps) {
                    step.apply(trusting);
                }
                return new Verifier(trusting.build());
            }
        }
    }
}
