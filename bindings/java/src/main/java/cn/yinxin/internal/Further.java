package cn.yinxin.internal;

import java.util.ArrayList;
import java.util.List;

import com.sun.jna.Pointer;

/** What stands behind a window and beside a license: packs, evidence, encryption, paths, codes. */
public final class Further {
    private Further() {}

    /** What is done with a native object. */
    private interface With<T> {
        T call(Pointer object);
    }

    private interface Free {
        void call(Pointer object);
    }

    private static <T> T used(Pointer object, Free free, With<T> call) {
        try {
            return call.call(object);
        } finally {
            free.call(object);
        }
    }

    /**
     * Judges a code.
     *
     * @param kind number of the kind
     * @param code the code
     * @return number of the outcome
     */
    public static int check(int kind, String code) {
        byte[] text = Native.text(code);
        int[] outcome = new int[1];
        Native.run(error -> C.yinxin_code_check(text, kind, outcome, error));
        return outcome[0];
    }

    /**
     * Makes a license identifier.
     *
     * @param typeCode the type
     * @param issuer credit code
     * @param serial the serial
     * @param version from 1
     * @return its text
     */
    public static String licenseId(String typeCode, String issuer, String serial, int version) {
        byte[] type = Native.text(typeCode);
        byte[] code = Native.text(issuer);
        byte[] number = Native.text(serial);
        return Native.string((out, error) -> C.yinxin_license_id_make(type, code, number, version, out, error));
    }

    /**
     * A part of a license identifier.
     *
     * @param id its text
     * @param part number of the part
     * @return the part
     */
    public static String licenseIdPart(String id, int part) {
        byte[] text = Native.text(id);
        return Native.string((out, error) -> C.yinxin_license_id_part(text, part, out, error));
    }

    /** Changes a native builder. */
    public interface Step {
        /**
         * One change.
         *
         * @param builder the builder
         */
        void apply(Builder builder);
    }

    /** A native builder, as steps see it. */
    public static final class Builder {
        private final Pointer it;

        private Builder(Pointer it) {
            this.it = it;
        }

        private Builder after(Iterable<Step> steps) {
            for (Step step : steps) {
                step.apply(this);
            }
            return this;
        }

        /**
         * Adds a recipient by password.
         *
         * @param name for all to read
         * @param password the password
         */
        public void password(String name, String password) {
            byte[] who = Native.text(name);
            byte[] text = Native.text(password);
            Native.run(error -> C.yinxin_encryptor_add_password(it, who, text, error));
        }

        /**
         * Adds a recipient by certificate.
         *
         * @param name for all to read
         * @param certificate DER
         */
        public void recipient(String name, byte[] certificate) {
            byte[] who = Native.text(name);
            Pki.with(certificate, own -> {
                Native.run(error -> C.yinxin_encryptor_add_certificate(it, who, own, error));
                return null;
            });
        }

        /**
         * Adds a file to a pack.
         *
         * @param part number of the part
         * @param file its bytes
         */
        public void part(int part, byte[] file) {
            Native.run(error -> C.yinxin_pack_spec_add(it, part, file, file.length, error));
        }

        /**
         * Adds a file to evidence.
         *
         * @param kind 0 certificates, 1 revocation lists, 2 OCSP response
         * @param file its bytes
         */
        public void evidence(int kind, byte[] file) {
            Native.run(error -> kind == 0 ? C.yinxin_evidence_add_certificates(it, file, file.length, error)
                : kind == 1 ? C.yinxin_evidence_add_crls(it, file, file.length, error)
                : C.yinxin_evidence_add_ocsp(it, file, file.length, error));
        }

        /**
         * Adds a file to a question about a path.
         *
         * @param kind 0 anchors, 1 intermediates, 2 revocation lists, 3 OCSP response
         * @param file its bytes
         */
        public void path(int kind, byte[] file) {
            Native.run(error -> kind == 0 ? C.yinxin_path_request_add_anchors(it, file, file.length, error)
                : kind == 1 ? C.yinxin_path_request_add_intermediates(it, file, file.length, error)
                : kind == 2 ? C.yinxin_path_request_add_crls(it, file, file.length, error)
                : C.yinxin_path_request_add_ocsp(it, file, file.length, error));
        }

        /**
         * Says whether revocation is looked at.
         *
         * @param mode its number
         */
        public void revocation(int mode) {
            Native.run(error -> C.yinxin_path_request_set_revocation(it, mode, error));
        }

        /**
         * Says how long a path may be.
         *
         * @param certificates leaf and anchor included
         */
        public void maxDepth(int certificates) {
            Native.run(error -> C.yinxin_path_request_set_max_depth(it, certificates, error));
        }

        /**
         * Accepts a certificate policy.
         *
         * @param oid its identifier
         */
        public void policy(String oid) {
            byte[] text = Native.text(oid);
            Native.run(error -> C.yinxin_path_request_add_policy(it, text, error));
        }

        /**
         * The initial values of RFC 5280 6.1.1.
         *
         * @param explicit a policy must be valid
         * @param noMapping mappings do not count
         * @param noAny the policy "any" does not count
         */
        public void policyRules(boolean explicit, boolean noMapping, boolean noAny) {
            Native.run(error -> C.yinxin_path_request_set_policy_rules(it, explicit ? 1 : 0, noMapping ? 1 : 0,
                noAny ? 1 : 0, error));
        }
    }

    /**
     * Encrypts a package.
     *
     * @param at what the package says of when
     * @param recipients for whom
     * @param document the package
     * @return the encrypted one
     */
    public static byte[] encrypt(long at, Iterable<Step> recipients, byte[] document) {
        Pointer encryptor = Native.object((out, error) -> C.yinxin_encryptor_new(at, out, error));
        return used(encryptor, C::yinxin_encryptor_free, it -> {
            new Builder(it).after(recipients);
            return Native.bytes((out, error) ->
                C.yinxin_encryptor_encrypt(it, document, document.length, out, error));
        });
    }

    /**
     * Opens a package by a key.
     *
     * @param key the key
     * @param document the package
     * @return the plain one
     */
    public static byte[] decrypt(Handle key, byte[] document) {
        return key.use(it -> Native.bytes((out, error) ->
            C.yinxin_key_decrypt(it, document, document.length, out, error)));
    }

    /**
     * Opens a package by a password.
     *
     * @param password the password
     * @param document the package
     * @return the plain one
     */
    public static byte[] decrypt(String password, byte[] document) {
        byte[] text = Native.text(password);
        return Native.bytes((out, error) ->
            C.yinxin_password_decrypt(text, document, document.length, out, error));
    }

    /**
     * Freezes the list of a package's files.
     *
     * @param document the package
     * @param signer certificate of the signer
     * @param at when it is signed
     * @return what waits for the signature
     */
    public static Handle integrity(byte[] document, byte[] signer, long at) {
        return Pki.with(signer, it -> new Handle(Native.object((out, error) ->
            C.yinxin_integrity_prepare(document, document.length, it, at, out, error)), C::yinxin_pending_free));
    }

    /**
     * Takes a stored list of files up again.
     *
     * @param stored what was stored
     * @param document the package
     * @return what waits for the signature
     */
    public static Handle integrity(byte[] stored, byte[] document) {
        return new Handle(Native.object((out, error) -> C.yinxin_integrity_from_bytes(stored, stored.length,
            document, document.length, out, error)), C::yinxin_pending_free);
    }

    /** What a signature lacks. */
    public static final class Missing {
        /** What it is. */
        public final String what;
        /** The field of the signature. */
        public final String field;
        /** The certificate concerned, DER; null for none. */
        public final byte[] certificate;

        private Missing(Pointer augmentation, long index) {
            what = Native.read(C.yinxin_augmentation_missing_what(augmentation, index));
            field = Native.read(C.yinxin_augmentation_missing_field(augmentation, index));
            boolean concerned = "issuer".equals(what) || "revocation".equals(what);
            certificate = !concerned ? null : Pki.taken(Native.object((out, error) ->
                C.yinxin_augmentation_missing_certificate(augmentation, index, out, error))).der;
        }
    }

    private static <T> T augmentation(byte[] document, Iterable<Step> evidence, With<T> call) {
        Pointer gathered = Native.object(C::yinxin_evidence_new);
        return used(gathered, C::yinxin_evidence_free, it -> {
            new Builder(it).after(evidence);
            return used(Native.object((out, error) -> C.yinxin_augmentation_prepare(document, document.length, it,
                out, error)), C::yinxin_augmentation_free, call);
        });
    }

    /**
     * What is missing for a PDF's signatures to last.
     *
     * @param document the PDF
     * @param evidence what was gathered
     * @return each once
     */
    public static List<Missing> missing(byte[] document, Iterable<Step> evidence) {
        return augmentation(document, evidence, it -> {
            List<Missing> missing = new ArrayList<>();
            for (long index = 0; index < C.yinxin_augmentation_missing_count(it); index++) {
                missing.add(new Missing(it, index));
            }
            return missing;
        });
    }

    /**
     * A PDF with its evidence.
     *
     * @param document the PDF
     * @param evidence what was gathered
     * @param at when
     * @param incomplete whether something may be missing
     * @return the longer PDF
     */
    public static byte[] augment(byte[] document, Iterable<Step> evidence, long at, boolean incomplete) {
        return augmentation(document, evidence, it -> Native.bytes((out, error) ->
            C.yinxin_augmentation_finish(it, incomplete ? 1 : 0, at, out, error)));
    }

    /** A PDF that waits for a time stamp over all of it, as a value. */
    public static final class Stamp {
        /** What to keep. */
        public final byte[] stored;
        /** The question to the authority. */
        public final byte[] request;

        private Stamp(Pointer it) {
            stored = Native.bytes((out, error) -> C.yinxin_document_stamp_to_bytes(it, out, error));
            request = Native.bytes((out, error) -> C.yinxin_document_stamp_request(it, out, error));
        }
    }

    /**
     * Asks for a time stamp over a PDF.
     *
     * @param document the PDF
     * @param nonce a random number
     * @return what waits
     */
    public static Stamp stamp(byte[] document, byte[] nonce) {
        return used(Native.object((out, error) -> C.yinxin_document_stamp_prepare(document, document.length, nonce,
            nonce.length, out, error)), C::yinxin_document_stamp_free, Stamp::new);
    }

    private static <T> T resumed(byte[] stored, byte[] document, With<T> call) {
        return used(Native.object((out, error) -> C.yinxin_document_stamp_from_bytes(stored, stored.length,
            document, document.length, out, error)), C::yinxin_document_stamp_free, call);
    }

    /**
     * Takes a stored one up again.
     *
     * @param stored what was stored
     * @param document the PDF
     * @return what waits
     */
    public static Stamp resume(byte[] stored, byte[] document) {
        return resumed(stored, document, Stamp::new);
    }

    /**
     * Completes one.
     *
     * @param stored what was stored
     * @param document the PDF
     * @param response the authority's answer
     * @return the stamped PDF
     */
    public static byte[] stamped(byte[] stored, byte[] document, byte[] response) {
        return resumed(stored, document, it -> Native.bytes((out, error) ->
            C.yinxin_document_stamp_complete(it, response, response.length, null, out, error)));
    }

    /**
     * The question to a time stamp authority over a seal.
     *
     * @param seal DER
     * @param nonce a random number
     * @return the question
     */
    public static byte[] sealStampRequest(byte[] seal, byte[] nonce) {
        return Sealing.withSeal(seal, it -> Native.bytes((out, error) ->
            C.yinxin_seal_time_stamp_request(it, nonce, nonce.length, out, error)));
    }

    /**
     * A seal with its time stamp.
     *
     * @param seal DER
     * @param request the question
     * @param response the answer
     * @return DER
     */
    public static byte[] stampedSeal(byte[] seal, byte[] request, byte[] response) {
        return Sealing.withSeal(seal, it -> used(Native.object((out, error) -> C.yinxin_seal_add_time_stamp(it,
            request, request.length, response, response.length, null, out, error)), C::yinxin_seal_free,
            stamped -> Native.lent(len -> C.yinxin_seal_der(stamped, len))));
    }

    /**
     * Judges a path.
     *
     * @param leaf certificate in question
     * @param purpose number of the purpose
     * @param steps anchors and others
     * @param at the time
     * @return the report, JSON
     */
    public static String path(byte[] leaf, int purpose, Iterable<Step> steps, long at) {
        return Pki.with(leaf, certificate -> used(Native.object((out, error) ->
            C.yinxin_path_request_new(certificate, purpose, out, error)), C::yinxin_path_request_free, it -> {
                new Builder(it).after(steps);
                return Native.string((out, error) -> C.yinxin_path_request_judge(it, at, out, error));
            }));
    }

    /** A state with the list of a pack, and when the pack holds. */
    public static final class Opened {
        /** The state. */
        public final TrustStates.StateData state;
        /** When the pack was put together. */
        public final long issued;
        /** When it ends. */
        public final long expires;

        private Opened(Pointer state, Pointer pack) {
            this.state = new TrustStates.StateData(state);
            issued = C.yinxin_trust_pack_issued(pack);
            expires = C.yinxin_trust_pack_expires(pack);
        }
    }

    /** What is done with a state and a pack. */
    interface WithPack<T> {
        T call(Pointer state, Pointer pack);
    }

    static <T> T pack(byte[] stored, byte[] pack, long now, WithPack<T> call) {
        return TrustStates.with(stored, state -> {
            long[] opened = new long[1];
            Pointer next = Native.object((out, error) -> C.yinxin_trust_state_open_pack(state, pack, pack.length,
                now, out, opened, error));
            return used(next, C::yinxin_trust_state_free, it ->
                used(new Pointer(opened[0]), C::yinxin_trust_pack_free, evidence -> call.call(it, evidence)));
        });
    }

    /**
     * Opens a pack.
     *
     * @param stored the state before
     * @param pack its bytes
     * @param now the time
     * @return the state after
     */
    public static Opened open(byte[] stored, byte[] pack, long now) {
        return pack(stored, pack, now, Opened::new);
    }

    /**
     * Puts a pack together.
     *
     * @param name of the trust system
     * @param environment its number
     * @param issued when it begins
     * @param expires when it ends
     * @param list the signed list
     * @param parts the other files
     * @param key a key for lists
     * @return the signed pack
     */
    public static byte[] makePack(String name, int environment, long issued, long expires, byte[] list,
            Iterable<Step> parts, Handle key) {
        byte[] text = Native.text(name);
        Pointer spec = Native.object((out, error) -> C.yinxin_pack_spec_new(text, environment, issued, expires,
            list, list.length, out, error));
        return used(spec, C::yinxin_pack_spec_free, it -> {
            new Builder(it).after(parts);
            return key.use(own -> Native.bytes((out, error) -> C.yinxin_pack_spec_make(it, own, out, error)));
        });
    }

    /**
     * Makes a root or list.
     *
     * @param kind 0 root, 1 list
     * @param payload JSON
     * @param key a key
     * @return the signed document
     */
    public static byte[] trustDocument(int kind, String payload, Handle key) {
        byte[] text = Native.text(payload);
        return key.use(own -> Native.bytes((out, error) ->
            C.yinxin_trust_document_make(kind, text, own, out, error)));
    }

    /**
     * Adds a signature to a root, list or pack.
     *
     * @param document its bytes
     * @param key a key
     * @return the document with it
     */
    public static byte[] signTrustDocument(byte[] document, Handle key) {
        return key.use(own -> Native.bytes((out, error) ->
            C.yinxin_trust_document_sign(document, document.length, own, out, error)));
    }

    /**
     * Makes a status list.
     *
     * @param uri its name
     * @param issued when it begins
     * @param ttlSeconds how long it may be used
     * @param bits of a status
     * @param statuses a byte each
     * @param publisher the publisher's key
     * @return the signed list, JWT
     */
    public static byte[] statusList(String uri, long issued, long ttlSeconds, int bits, byte[] statuses,
            Handle publisher) {
        byte[] text = Native.text(uri);
        return publisher.use(own -> Native.bytes((out, error) -> C.yinxin_status_list_make(text, issued, ttlSeconds,
            bits, statuses, statuses.length, own, out, error)));
    }
}
