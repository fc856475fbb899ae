package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import cn.yinxin.internal.Json;

/**
 * A verdict with all that led to it, decoded. Immutable. {@link #json()} is the canonical form, the same
 * bytes from every face of the library; {@link #fields()} holds what has no method here.
 *
 * <p>Texts come from documents and are hostile: escape them before a person reads them.
 */
public final class Report {
    private final String json;
    private final Map<String, Object> fields;
    private final Outcome outcome;
    private final List<Signature> signatures;
    private final List<Check> checks;
    private final List<Missing> notChecked;
    private final List<Finding> findings;
    private final License license;

    Report(String json) {
        this.json = json;
        fields = object(Json.parse(json));
        outcome = Outcome.of(text(fields, "outcome"));
        signatures = list(fields, "signatures", Signature::new);
        checks = list(fields, "checks", Check::new);
        notChecked = list(fields, "not_checked", Missing::new);
        findings = list(fields, "findings", Finding::new);
        license = fields.get("license") == null ? null : new License(object(fields.get("license")));
    }

    /**
     * The canonical JSON.
     *
     * @return JSON text
     */
    public String json() {
        return json;
    }

    /**
     * The decoded JSON: maps, lists, strings, {@code Long}, {@code Boolean}, null.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> fields() {
        return fields;
    }

    /**
     * The verdict, under {@link #policy()}.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Are these the bytes that were sealed?
     *
     * @return the outcome
     */
    public Outcome authentic() {
        return axis("authentic");
    }

    /**
     * Was it sealed by whom it should be?
     *
     * @return the outcome
     */
    public Outcome trusted() {
        return axis("trusted");
    }

    /**
     * Is the license in force? An expired license is no forgery.
     *
     * @return the outcome
     */
    public Outcome inForce() {
        return axis("in_force");
    }

    private Outcome axis(String name) {
        return Outcome.of(text(object(fields.get("axes")), name));
    }

    /**
     * The code of the first failing check, else of the first required one that could not be judged.
     *
     * @return empty when all passed
     */
    public Optional<String> headline() {
        return Optional.ofNullable(text(fields, "headline"));
    }

    /**
     * The name of the policy it was judged under.
     *
     * @return the name
     */
    public String policy() {
        return text(object(fields.get("policy")), "name");
    }

    /**
     * The version of that policy.
     *
     * @return the version
     */
    public int policyVersion() {
        return ((Long) object(fields.get("policy")).get("version")).intValue();
    }

    /**
     * What kind of input it was: {@code ofd}, {@code pdf}, {@code seal} and others.
     *
     * @return the format
     */
    public String format() {
        return text(object(fields.get("document")), "format");
    }

    /**
     * The time at which it was judged.
     *
     * @return the time
     */
    public Instant evaluatedAt() {
        return Instant.parse(text(fields, "evaluated_at"));
    }

    /**
     * License data, from signed bytes only.
     *
     * @return empty where no good signature covers any
     */
    public Optional<License> license() {
        return Optional.ofNullable(license);
    }

    /**
     * Seals and signatures, in file order.
     *
     * @return an unmodifiable list
     */
    public List<Signature> signatures() {
        return signatures;
    }

    /**
     * Checks of the document as a whole.
     *
     * @return an unmodifiable list
     */
    public List<Check> checks() {
        return checks;
    }

    /**
     * Checks that lacked their input and that the policy does not require.
     *
     * @return an unmodifiable list
     */
    public List<Missing> notChecked() {
        return notChecked;
    }

    /**
     * Tolerated defects and remarks.
     *
     * @return an unmodifiable list
     */
    public List<Finding> findings() {
        return findings;
    }

    /** One check. */
    public static final class Check {
        private final Map<String, Object> fields;

        private Check(Map<String, Object> fields) {
            this.fields = fields;
        }

        /**
         * What is asked.
         *
         * @return the check; {@link CheckCode#UNKNOWN} where the library is newer than this face
         */
        public CheckCode code() {
            return CheckCode.of(name());
        }

        /**
         * The code as the report has it, such as {@code path.anchor}.
         *
         * @return the code
         */
        public String name() {
            return text(fields, "code");
        }

        /**
         * What it came to.
         *
         * @return the outcome
         */
        public Outcome outcome() {
            return Outcome.of(text(fields, "outcome"));
        }

        /**
         * The clause it enforces.
         *
         * @return empty where none is cited
         */
        public Optional<String> clause() {
            return Optional.ofNullable(text(fields, "clause"));
        }

        /**
         * Why, as a code for {@link Yinxin#cause} and {@link Yinxin#remedy}.
         *
         * @return empty where it passed without a remark
         */
        public Optional<String> reason() {
            Object detail = fields.get("detail");
            return detail == null ? Optional.empty() : Optional.ofNullable(text(object(detail), "reason"));
        }

        /**
         * What it was met with.
         *
         * @return an unmodifiable map
         */
        public Map<String, Object> detail() {
            Object detail = fields.get("detail");
            return detail == null ? Collections.emptyMap() : object(detail);
        }
    }

    /** One seal or signature. */
    public static final class Signature {
        private final Map<String, Object> fields;
        private final List<Check> checks;

        private Signature(Map<String, Object> fields) {
            this.fields = fields;
            checks = list(fields, "checks", Check::new);
        }

        /**
         * {@code seal}, {@code signature} or {@code timestamp}.
         *
         * @return the kind
         */
        public String kind() {
            return text(fields, "kind");
        }

        /**
         * The worst of its checks.
         *
         * @return the outcome
         */
        public Outcome outcome() {
            return Outcome.of(text(fields, "outcome"));
        }

        /**
         * The subject of the signer's certificate.
         *
         * @return empty where it is not known
         */
        public Optional<String> signer() {
            return nested("signer", "subject");
        }

        /**
         * The name of the seal.
         *
         * @return empty without a seal
         */
        public Optional<String> sealName() {
            return nested("seal", "name");
        }

        /**
         * The code of the seal.
         *
         * @return empty without a seal
         */
        public Optional<String> sealId() {
            return nested("seal", "id");
        }

        private Optional<String> nested(String of, String name) {
            Object object = fields.get(of);
            return object == null ? Optional.empty() : Optional.ofNullable(text(object(object), name));
        }

        /**
         * The algorithm of its value.
         *
         * @return empty where it cannot be read
         */
        public Optional<String> algorithm() {
            return Optional.ofNullable(text(fields, "algorithm"));
        }

        /**
         * When it was signed.
         *
         * @return empty where it does not say
         */
        public Optional<Instant> signedAt() {
            return Optional.ofNullable(text(fields, "signed_at")).map(Instant::parse);
        }

        /**
         * Whether a verified time stamp proves that time; else it is the signer's claim.
         *
         * @return whether it is proven
         */
        public boolean isTimeProven() {
            return "token".equals(text(fields, "time_source"));
        }

        /**
         * Its checks.
         *
         * @return an unmodifiable list
         */
        public List<Check> checks() {
            return checks;
        }

        /**
         * All that the report says of it.
         *
         * @return an unmodifiable map
         */
        public Map<String, Object> fields() {
            return fields;
        }
    }

    /** What a license says. */
    public static final class License {
        private final Map<String, Object> fields;

        private License(Map<String, Object> fields) {
            this.fields = fields;
        }

        /**
         * 证照标识 (GB/T 36904).
         *
         * @return empty where it is not stated
         */
        public Optional<String> identifier() {
            return Optional.ofNullable(text(fields, "identifier"));
        }

        /**
         * Its name.
         *
         * @return empty where it is not stated
         */
        public Optional<String> name() {
            return Optional.ofNullable(text(fields, "name"));
        }

        /**
         * Its number.
         *
         * @return empty where it is not stated
         */
        public Optional<String> number() {
            return Optional.ofNullable(text(fields, "number"));
        }

        /**
         * All that it says.
         *
         * @return an unmodifiable map
         */
        public Map<String, Object> fields() {
            return fields;
        }
    }

    /** A check that was not run. */
    public static final class Missing {
        private final Map<String, Object> fields;

        private Missing(Map<String, Object> fields) {
            this.fields = fields;
        }

        /**
         * The code of the check.
         *
         * @return the code
         */
        public String code() {
            return text(fields, "code");
        }

        /**
         * What it needs, such as {@code crl}.
         *
         * @return the need
         */
        public String needs() {
            return text(fields, "needs");
        }
    }

    /** A tolerated defect or a remark. */
    public static final class Finding {
        private final Map<String, Object> fields;

        private Finding(Map<String, Object> fields) {
            this.fields = fields;
        }

        /**
         * Its code, for {@link Yinxin#describeFinding}.
         *
         * @return the code
         */
        public String code() {
            return text(fields, "code");
        }

        /**
         * Where it was met.
         *
         * @return the place
         */
        public String where() {
            return text(fields, "where");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Report && json.equals(((Report) other).json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The verdict alone; nothing of the document. */
    @Override
    public String toString() {
        return "Report(" + outcome.code() + " under " + policy() + ")";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private static String text(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        return value instanceof String ? (String) value : null;
    }

    private static <T> List<T> list(Map<String, Object> fields, String name, Function<Map<String, Object>, T> read) {
        List<T> items = new ArrayList<>();
        for (Object item : (List<?>) fields.get(name)) {
            items.add(read.apply(object(item)));
        }
        return Collections.unmodifiableList(items);
    }
}
