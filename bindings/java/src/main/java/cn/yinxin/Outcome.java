package cn.yinxin;

/** What a verdict or a check came to. What is unknown is never passed. */
public enum Outcome {
    /** Shown to be wrong. */
    FAILED("failed"),
    /** Cannot be judged with what is at hand. */
    INDETERMINATE("indeterminate"),
    /** Shown to be right. */
    PASSED("passed");

    private final String code;

    Outcome(String code) {
        this.code = code;
    }

    /**
     * The stable code, such as {@code passed}.
     *
     * @return the code
     */
    public String code() {
        return code;
    }

    /** A code that this face does not know is no success. */
    static Outcome of(String code) {
        if (PASSED.code.equals(code)) {
            return PASSED;
        }
        return INDETERMINATE.code.equals(code) ? INDETERMINATE : FAILED;
    }
}
