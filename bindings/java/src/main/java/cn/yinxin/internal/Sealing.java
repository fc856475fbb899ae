package cn.yinxin.internal;

import com.sun.jna.Pointer;

/** Seals, and putting them on documents. */
public final class Sealing {
    private Sealing() {}

    /** A seal, read. */
    public static final class SealData {
        /** Its bytes. */
        public final byte[] der;
        /** Its code. */
        public final String id;
        /** Its name. */
        public final String name;
        /** The year of its layout. */
        public final int layout;
        /** First second of its validity. */
        public final long validFrom;
        /** Last second of its validity. */
        public final long validUntil;
        /** Its picture's file. */
        public final byte[] picture;
        /** What that file is. */
        public final String pictureType;
        /** Width of the picture. */
        public final int widthMm;
        /** Height of the picture. */
        public final int heightMm;
        /** How many signers it names. */
        public final int signers;
        /** Its maker. */
        public final Pki.CertificateData maker;

        private SealData(Pointer it) {
            der = Native.lent(len -> C.yinxin_seal_der(it, len));
            id = Native.read(C.yinxin_seal_id(it));
            name = Native.read(C.yinxin_seal_name(it));
            layout = C.yinxin_seal_layout(it);
            validFrom = C.yinxin_seal_valid_from(it);
            validUntil = C.yinxin_seal_valid_until(it);
            picture = Native.lent(len -> C.yinxin_seal_picture(it, len));
            pictureType = Native.read(C.yinxin_seal_picture_type(it));
            widthMm = (int) C.yinxin_seal_picture_width_mm(it);
            heightMm = (int) C.yinxin_seal_picture_height_mm(it);
            signers = (int) C.yinxin_seal_signer_count(it);
            maker = Pki.taken(Native.object((out, error) -> C.yinxin_seal_maker(it, out, error)));
        }
    }

    /** What is done with a native object. */
    interface With<T> {
        T call(Pointer object);
    }

    static <T> T withSeal(byte[] der, With<T> call) {
        Pointer seal = Native.object((out, error) -> C.yinxin_seal_parse(der, der.length, out, error));
        try {
            return call.call(seal);
        } finally {
            C.yinxin_seal_free(seal);
        }
    }

    /**
     * Reads a seal.
     *
     * @param der its bytes
     * @return the seal
     */
    public static SealData seal(byte[] der) {
        return withSeal(der, SealData::new);
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

        /**
         * Sets a seal's layout.
         *
         * @param layout its year
         */
        public void layout(int layout) {
            Native.run(error -> C.yinxin_seal_spec_set_layout(it, layout, error));
        }

        /**
         * Sets a seal's type.
         *
         * @param type the number
         */
        public void type(int type) {
            Native.run(error -> C.yinxin_seal_spec_set_type(it, type, error));
        }

        /**
         * Sets how a seal names its signers.
         *
         * @param listing the number
         */
        public void listing(int listing) {
            Native.run(error -> C.yinxin_seal_spec_set_listing(it, listing, error));
        }

        /**
         * Adds a signer to a seal.
         *
         * @param certificate DER
         */
        public void signer(byte[] certificate) {
            Pki.with(certificate, signer -> {
                Native.run(error -> C.yinxin_seal_spec_add_signer(it, signer, error));
                return null;
            });
        }

        /**
         * Sets a seal's picture.
         *
         * @param file the picture
         * @param widthMm its width
         * @param heightMm its height
         */
        public void picture(byte[] file, int widthMm, int heightMm) {
            Native.run(error ->
                C.yinxin_seal_spec_set_picture(it, file, file.length, widthMm, heightMm, error));
        }

        /**
         * Draws a seal's picture.
         *
         * @param name the text along the border
         * @param secondLine null for none
         * @param font a font file, empty for none
         * @param dpi pixels per inch
         */
        public void drawRound(String name, String secondLine, byte[] font, int dpi) {
            byte[] first = Native.text(name);
            byte[] second = Native.text(secondLine);
            Native.run(error ->
                C.yinxin_seal_spec_draw_round(it, first, second, font, font.length, dpi, error));
        }

        /**
         * Shows the seal at a point.
         *
         * @param page from 0
         * @param xUm micrometres from the left
         * @param yUm micrometres from the top
         */
        public void at(int page, long xUm, long yUm) {
            Native.run(error -> C.yinxin_request_at(it, page, xUm, yUm, error));
        }

        /**
         * Shows the seal at a keyword.
         *
         * @param keyword the text
         * @param occurrence which one
         * @param rightUm micrometres to the right
         * @param downUm micrometres down
         */
        public void atKeyword(String keyword, int occurrence, long rightUm, long downUm) {
            byte[] text = Native.text(keyword);
            Native.run(error -> C.yinxin_request_at_keyword(it, text, occurrence, rightUm, downUm, error));
        }

        /**
         * Shows the seal along an edge.
         *
         * @param edge its number
         */
        public void riding(int edge) {
            Native.run(error -> C.yinxin_request_riding(it, edge, error));
        }

        /**
         * Names the signature that this one is relative to.
         *
         * @param id its ID
         */
        public void relativeTo(String id) {
            byte[] text = Native.text(id);
            Native.run(error -> C.yinxin_request_relative_to(it, text, error));
        }

        /** Signs with RSA-PSS. */
        public void useRsaPss() {
            Native.run(error -> C.yinxin_request_use_rsa_pss(it, error));
        }

        /** Writes a message as CMS. */
        public void useCms() {
            Native.run(error -> C.yinxin_request_use_cms(it, error));
        }

        /**
         * Has a certificate travel along.
         *
         * @param certificate DER
         */
        public void certificate(byte[] certificate) {
            Pki.with(certificate, own -> {
                Native.run(error -> C.yinxin_request_add_certificate(it, own, error));
                return null;
            });
        }

        /** Keeps no room for a time stamp. */
        public void withoutTimeStamp() {
            Native.run(error -> C.yinxin_request_without_time_stamp(it, error));
        }

        /**
         * Sets a text of a PDF's signature.
         *
         * @param kind its number
         * @param value the text
         */
        public void pdfText(int kind, String value) {
            byte[] text = Native.text(value);
            Native.run(error -> C.yinxin_request_set_pdf_text(it, kind, text, error));
        }

        /**
         * Sets the form of a PDF's signature.
         *
         * @param format its number
         */
        public void pdfFormat(int format) {
            Native.run(error -> C.yinxin_request_set_pdf_format(it, format, error));
        }

        /**
         * Makes it the author's signature.
         *
         * @param permission its number
         */
        public void certify(int permission) {
            Native.run(error -> C.yinxin_request_certify(it, permission, error));
        }

        /**
         * Locks a form field.
         *
         * @param lock its number
         * @param field null for all
         */
        public void lockField(int lock, String field) {
            byte[] text = Native.text(field);
            Native.run(error -> C.yinxin_request_lock_field(it, lock, text, error));
        }

        /**
         * Shows a signature without a seal.
         *
         * @param widthUm micrometres
         * @param heightUm micrometres
         * @param picture PNG; empty for none
         * @param shown a text; null for none
         * @param font a font file; empty for none
         */
        public void show(long widthUm, long heightUm, byte[] picture, String shown, byte[] font) {
            byte[] text = Native.text(shown);
            byte[] image = picture.length == 0 ? null : picture;
            Native.run(error -> C.yinxin_request_show(it, widthUm, heightUm, image, picture.length, text, font,
                font.length, error));
        }

        /** Lets nobody sign afterwards. */
        public void closeDocument() {
            Native.run(error -> C.yinxin_request_close_document(it, error));
        }

        /**
         * Sets a font of a draft.
         *
         * @param role number of the role
         * @param font the file
         */
        public void font(int role, byte[] font) {
            Native.run(error -> C.yinxin_draft_set_font(it, role, font, font.length, error));
        }

        /** Makes a draft's PDF one for the archive. */
        public void forArchive() {
            Native.run(error -> C.yinxin_draft_for_archive(it, error));
        }

        /**
         * Checks a draft against a catalog.
         *
         * @param catalog JSON; null for the built-in one
         */
        public void checkCatalog(String catalog) {
            byte[] text = Native.text(catalog);
            Native.run(error -> C.yinxin_draft_check_catalog(it, text, error));
        }
    }

    private static Handle pending(Native.Gives call) {
        return new Handle(Native.object(call), C::yinxin_pending_free);
    }

    /**
     * Writes all of a seal but its signature.
     *
     * @param id its code
     * @param name its name
     * @param createdAt when it is made
     * @param from first second of its validity
     * @param until last second of its validity
     * @param steps what else it is to be
     * @param maker the maker's certificate
     * @return the pending seal
     */
    public static Handle prepareSeal(String id, String name, long createdAt, long from, long until,
            Iterable<Step> steps, byte[] maker) {
        byte[] code = Native.text(id);
        byte[] label = Native.text(name);
        Pointer spec = Native.object((out, error) ->
            C.yinxin_seal_spec_new(code, label, createdAt, from, until, out, error));
        try {
            apply(steps, spec);
            return Pki.with(maker, it ->
                pending((out, error) -> C.yinxin_seal_spec_prepare(spec, it, out, error)));
        } finally {
            C.yinxin_seal_spec_free(spec);
        }
    }

    private static void apply(Iterable<Step> steps, Pointer object) {
        Builder builder = new Builder(object);
        for (Step step : steps) {
            step.apply(builder);
        }
    }

    /** A seal or signature to be put on a document, as a value. */
    public static final class Wanted {
        private final byte[] seal;
        private final byte[] signer;
        private final long at;
        private final Iterable<Step> steps;

        /**
         * What is wanted.
         *
         * @param seal its bytes; null for a signature without one
         * @param signer the signer's certificate
         * @param at when it is signed
         * @param steps where it shows
         */
        public Wanted(byte[] seal, byte[] signer, long at, Iterable<Step> steps) {
            this.seal = seal;
            this.signer = signer;
            this.at = at;
            this.steps = steps;
        }

        private <T> T with(With<T> call) {
            return Pki.with(signer, certificate -> {
                Pointer request = seal == null
                    ? Native.object((out, error) -> C.yinxin_request_sign(certificate, at, out, error))
                    : withSeal(seal, it -> Native.object((out, error) ->
                        C.yinxin_request_affix(it, certificate, at, out, error)));
                try {
                    apply(steps, request);
                    return call.call(request);
                } finally {
                    C.yinxin_request_free(request);
                }
            });
        }

        /**
         * Freezes a document.
         *
         * @param document its bytes
         * @return the pending document
         */
        public Handle prepare(byte[] document) {
            return with(it -> pending((out, error) ->
                C.yinxin_request_prepare(it, document, document.length, out, error)));
        }
    }

    /** A license to be issued, as a value. */
    public static final class Drafted {
        private final String metadata;
        private final String design;
        private final long createdAt;
        private final Iterable<Step> steps;

        /**
         * What is to be issued.
         *
         * @param metadata JSON
         * @param design name or JSON
         * @param createdAt when the document is made
         * @param steps fonts and others
         */
        public Drafted(String metadata, String design, long createdAt, Iterable<Step> steps) {
            this.metadata = metadata;
            this.design = design;
            this.createdAt = createdAt;
            this.steps = steps;
        }

        private <T> T with(With<T> call) {
            byte[] states = Native.text(metadata);
            byte[] looks = Native.text(design);
            Pointer draft = Native.object((out, error) ->
                C.yinxin_draft_new(states, looks, createdAt, out, error));
            try {
                apply(steps, draft);
                return call.call(draft);
            } finally {
                C.yinxin_draft_free(draft);
            }
        }

        /** Sees that all of it can be read. */
        public void check() {
            with(it -> null);
        }

        /**
         * The document without a seal.
         *
         * @param format number of the container
         * @return its bytes
         */
        public byte[] document(int format) {
            return with(it -> Native.bytes((out, error) -> C.yinxin_draft_document(it, format, out, error)));
        }

        /**
         * Freezes it for its signature.
         *
         * @param format number of the container
         * @param wanted the seal or signature
         * @return the pending license
         */
        public Handle prepare(int format, Wanted wanted) {
            return with(it -> wanted.with(request -> pending((out, error) ->
                C.yinxin_draft_prepare(it, format, request, out, error))));
        }

        /**
         * Takes a stored one up again.
         *
         * @param format number of the container
         * @param stored what was stored
         * @return the pending license
         */
        public Handle resume(int format, byte[] stored) {
            return with(it -> pending((out, error) ->
                C.yinxin_draft_resume(it, format, stored, stored.length, out, error)));
        }
    }

    /**
     * Takes a stored document up again.
     *
     * @param stored what was stored
     * @param document the document
     * @return the pending document
     */
    public static Handle resume(byte[] stored, byte[] document) {
        return pending((out, error) -> C.yinxin_pending_from_bytes(stored, stored.length, document,
            document.length, out, error));
    }

    /**
     * What is to be signed.
     *
     * @param pending what waits for it
     * @return the bytes
     */
    public static byte[] message(Handle pending) {
        return pending.use(it -> Native.lent(len -> C.yinxin_pending_message(it, len)));
    }

    /**
     * The digest to sign.
     *
     * @param pending what waits for it
     * @return the digest
     */
    public static byte[] digest(Handle pending) {
        return pending.use(it -> Native.bytes((out, error) -> C.yinxin_pending_digest(it, out, error)));
    }

    /**
     * The algorithm to sign with.
     *
     * @param pending what waits for it
     * @return its name
     */
    public static String algorithm(Handle pending) {
        return pending.use(it -> Native.string((out, error) -> C.yinxin_pending_algorithm(it, out, error)));
    }

    /**
     * Completes it with a signature.
     *
     * @param pending what waits for it
     * @param signature the signature
     * @return the finished bytes
     */
    public static byte[] complete(Handle pending, byte[] signature) {
        return pending.use(it -> Native.bytes((out, error) ->
            C.yinxin_pending_complete(it, signature, signature.length, out, error)));
    }

    /**
     * Completes it with a key.
     *
     * @param pending what waits for it
     * @param key the key
     * @return the finished bytes
     */
    public static byte[] sign(Handle pending, Handle key) {
        return pending.use(it -> key.use(own -> Native.bytes((out, error) ->
            C.yinxin_pending_sign(it, own, out, error))));
    }

    /**
     * Stores it.
     *
     * @param pending what waits for its signature
     * @return bytes to keep
     */
    public static byte[] store(Handle pending) {
        return pending.use(it -> Native.bytes((out, error) -> C.yinxin_pending_to_bytes(it, out, error)));
    }

    /**
     * Takes the signature, to be time-stamped.
     *
     * @param pending what waits for it
     * @param signature the signature
     */
    public static void addSignature(Handle pending, byte[] signature) {
        pending.use(it -> {
            Native.run(error -> C.yinxin_pending_add_signature(it, signature, signature.length, error));
            return null;
        });
    }

    /**
     * The question to a time stamp authority.
     *
     * @param pending what was signed
     * @param nonce a random number
     * @return the request
     */
    public static byte[] timeStampRequest(Handle pending, byte[] nonce) {
        return pending.use(it -> Native.bytes((out, error) ->
            C.yinxin_pending_time_stamp_request(it, nonce, nonce.length, out, error)));
    }

    /**
     * Takes the authority's answer.
     *
     * @param pending what was signed
     * @param response the answer
     */
    public static void addTimeStamp(Handle pending, byte[] response) {
        pending.use(it -> {
            Native.run(error ->
                C.yinxin_pending_add_time_stamp(it, response, response.length, null, error));
            return null;
        });
    }

    /**
     * The finished document.
     *
     * @param pending what was signed
     * @return its bytes
     */
    public static byte[] finish(Handle pending) {
        return pending.use(it -> Native.bytes((out, error) -> C.yinxin_pending_finish(it, out, error)));
    }
}
