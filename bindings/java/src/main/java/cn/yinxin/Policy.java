package cn.yinxin;

import java.util.Objects;

import cn.yinxin.internal.Library;

/** Under what rules documents are judged; reports name it. Immutable. */
public final class Policy {
    private final String json;

    private Policy(String json) {
        this.json = json;
    }

    /**
     * Intact, valid and chained: for tests, demonstrations and technical questions.
     *
     * @return the policy
     */
    public static Policy basic() {
        return new Policy(Library.policy("basic", false));
    }

    /**
     * What a clerk needs before relying on a license: besides, revocation, authority and status.
     *
     * @return the policy
     */
    public static Policy window() {
        return new Policy(Library.policy("window", false));
    }

    /**
     * What an archive needs: besides, proof of the time of signing.
     *
     * @return the policy
     */
    public static Policy archive() {
        return new Policy(Library.policy("archive", false));
    }

    /**
     * A preset by its name.
     *
     * @param name {@code basic}, {@code window} or {@code archive}
     * @param strict whether every departure from the encodings fails the check it touches
     * @return the policy
     */
    public static Policy named(String name, boolean strict) {
        return new Policy(Library.policy(Objects.requireNonNull(name, "name"), strict));
    }

    /**
     * A policy of one's own. Whether it is one is said when a verifier is built.
     *
     * @param json as {@link #toJson()} gives it
     * @return the policy
     */
    public static Policy fromJson(String json) {
        return new Policy(Objects.requireNonNull(json, "json"));
    }

    /**
     * The policy as JSON.
     *
     * @return JSON text
     */
    public String toJson() {
        return json;
    }
}
