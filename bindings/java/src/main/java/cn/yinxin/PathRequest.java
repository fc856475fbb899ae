package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import cn.yinxin.internal.Further;
import cn.yinxin.internal.Json;

/**
 * A question about one certificate, apart from any document: may its key be used for a purpose? Immutable: a
 * change gives another.
 */
public final class PathRequest {
    private final byte[] leaf;
    private final Purpose purpose;
    private final List<Further.Step> steps;

    private PathRequest(byte[] leaf, Purpose purpose, List<Further.Step> steps) {
        this.leaf = leaf;
        this.purpose = purpose;
        this.steps = steps;
    }

    /**
     * Begins a question. Without anchors no path is found.
     *
     * @param leaf the certificate
     * @param purpose what its key is to be used for
     * @return the question
     */
    public static PathRequest of(Certificate leaf, Purpose purpose) {
        return new PathRequest(leaf.shared(), purpose, Collections.emptyList());
    }

    private PathRequest with(Further.Step step) {
        List<Further.Step> more = new ArrayList<>(steps);
        more.add(step);
        return new PathRequest(leaf, purpose, more);
    }

    private PathRequest file(int kind, byte[] file) {
        byte[] kept = file.clone();
        return with(builder -> builder.path(kind, kept));
    }

    /**
     * Trusts the certificates of a file in the role that is asked about.
     *
     * @param file DER or PEM
     * @return the changed question
     */
    public PathRequest anchors(byte[] file) {
        return file(0, file);
    }

    /**
     * Gives certificates that may stand between; they are not trusted.
     *
     * @param file DER or PEM
     * @return the changed question
     */
    public PathRequest intermediates(byte[] file) {
        return file(1, file);
    }

    /**
     * Gives revocation lists.
     *
     * @param file DER or PEM
     * @return the changed question
     */
    public PathRequest crls(byte[] file) {
        return file(2, file);
    }

    /**
     * Gives an OCSP response.
     *
     * @param file DER
     * @return the changed question
     */
    public PathRequest ocsp(byte[] file) {
        return file(3, file);
    }

    /**
     * Says whether revocation is looked at; by default it is not.
     *
     * @param mode the mode
     * @return the changed question
     */
    public PathRequest revocation(RevocationMode mode) {
        int number = mode.number();
        return with(builder -> builder.revocation(number));
    }

    /**
     * Says how many certificates the path may have, leaf and anchor included; by default 8, at most 16.
     *
     * @param certificates their number
     * @return the changed question
     */
    public PathRequest maxDepth(int certificates) {
        return with(builder -> builder.maxDepth(certificates));
    }

    /**
     * Accepts a certificate policy; any, where none is named.
     *
     * @param oid such as {@code 1.2.156.1.2}
     * @return the changed question
     */
    public PathRequest policy(String oid) {
        return with(builder -> builder.policy(oid));
    }

    /**
     * Sets the initial values of RFC 5280 6.1.1.
     *
     * @param explicit the path must be valid under an accepted policy even if no authority says so
     * @param inhibitMapping mappings do not count
     * @param inhibitAny the policy "any" does not count
     * @return the changed question
     */
    public PathRequest policyRules(boolean explicit, boolean inhibitMapping, boolean inhibitAny) {
        return with(builder -> builder.policyRules(explicit, inhibitMapping, inhibitAny));
    }

    /**
     * Finds and judges the best path.
     *
     * @param at the time as of which it is judged
     * @return what became of it
     */
    public PathReport judge(Instant at) {
        return new PathReport(Further.path(leaf, purpose.number(), steps, at.getEpochSecond()));
    }

    /** What became of the question. Immutable. */
    public static final class PathReport {
        private final String json;
        private final Map<String, Object> fields;

        @SuppressWarnings("unchecked")
        private PathReport(String json) {
            this.json = json;
            fields = (Map<String, Object>) Json.parse(json);
        }

        /**
         * The verdict on the whole path.
         *
         * @return the outcome
         */
        public Outcome outcome() {
            return Outcome.of((String) fields.get("outcome"));
        }

        /**
         * The report as JSON ({@code yinxin.path/1}), as the command {@code cert verify --json} gives it.
         *
         * @return JSON text
         */
        public String json() {
            return json;
        }

        /**
         * The decoded JSON.
         *
         * @return an unmodifiable map
         */
        public Map<String, Object> fields() {
            return fields;
        }
    }
}
