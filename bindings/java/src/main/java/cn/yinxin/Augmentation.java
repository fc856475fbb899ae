package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import cn.yinxin.internal.Further;

/**
 * Evidence that is about to be added to a PDF, so that its signatures last. A dry run: it finds whom they rest
 * on, takes what fits of what is given, and says what is missing; nothing is judged. Immutable: a change gives
 * another.
 */
public final class Augmentation {
    private final byte[] document;
    private final List<Further.Step> evidence;

    private Augmentation(byte[] document, List<Further.Step> evidence) {
        this.document = document;
        this.evidence = evidence;
    }

    /**
     * Begins with no evidence.
     *
     * @param document PDF
     * @return the augmentation
     */
    public static Augmentation of(byte[] document) {
        return new Augmentation(document.clone(), Collections.emptyList());
    }

    private Augmentation with(int kind, byte[] file) {
        byte[] kept = file.clone();
        List<Further.Step> more = new ArrayList<>(evidence);
        more.add(builder -> builder.evidence(kind, kept));
        return new Augmentation(document, more);
    }

    /**
     * Gives certificates of authorities, roots included.
     *
     * @param file DER or PEM
     * @return the changed augmentation
     */
    public Augmentation certificates(byte[] file) {
        return with(0, file);
    }

    /**
     * Gives revocation lists.
     *
     * @param file DER or PEM
     * @return the changed augmentation
     */
    public Augmentation crls(byte[] file) {
        return with(1, file);
    }

    /**
     * Gives an OCSP response.
     *
     * @param file DER
     * @return the changed augmentation
     */
    public Augmentation ocsp(byte[] file) {
        return with(2, file);
    }

    /**
     * What is missing for the signatures to last.
     *
     * @return each once
     */
    public List<Missing> missing() {
        List<Missing> all = new ArrayList<>();
        for (Further.Missing missing : Further.missing(document, evidence)) {
            all.add(new Missing(missing));
        }
        return Collections.unmodifiableList(all);
    }

    /**
     * The PDF with its evidence, by an incremental update.
     *
     * @param gatheredAt when the evidence was gathered
     * @return the longer PDF
     */
    public byte[] finish(Instant gatheredAt) {
        return Further.augment(document, evidence, gatheredAt.getEpochSecond(), false);
    }

    /**
     * The same although something is missing.
     *
     * @param gatheredAt when the evidence was gathered
     * @return the longer PDF
     */
    public byte[] finishIncomplete(Instant gatheredAt) {
        return Further.augment(document, evidence, gatheredAt.getEpochSecond(), true);
    }

    /** What a signature lacks to be judged without asking anyone. */
    public static final class Missing {
        private final Further.Missing missing;

        private Missing(Further.Missing missing) {
            this.missing = missing;
        }

        /**
         * {@code time_stamp}, {@code certificate} (the signer's own), {@code issuer} or {@code revocation} (of
         * {@link #certificate()}), or {@code unreadable}.
         *
         * @return what is missing
         */
        public String what() {
            return missing.what;
        }

        /**
         * The name of the signature's field. Hostile text.
         *
         * @return the name
         */
        public String field() {
            return missing.field;
        }

        /**
         * The certificate whose issuer or revocation data is missing.
         *
         * @return empty where none is concerned
         */
        public Optional<Certificate> certificate() {
            return Optional.ofNullable(missing.certificate).map(Certificate::parse);
        }
    }
}
