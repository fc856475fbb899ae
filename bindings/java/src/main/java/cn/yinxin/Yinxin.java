package cn.yinxin;

import cn.yinxin.internal.Library;

/** The library itself: its version, its codes, and what codes mean to people. */
public final class Yinxin {
    private Yinxin() {}

    /**
     * The version of the native library.
     *
     * @return such as {@code 0.1.0}
     */
    public static String version() {
        return Library.version();
    }

    /**
     * Every code that reports and exceptions may bear, as JSON: {@code errors} with their numbers,
     * {@code outcomes}, {@code checks}, {@code reasons}, {@code findings}.
     *
     * @return JSON text
     */
    public static String codesJson() {
        return Library.codes();
    }

    /**
     * What an outcome is called.
     *
     * @param outcome the outcome
     * @param language the language
     * @return its name
     */
    public static String describe(Outcome outcome, Language language) {
        return Library.explain(0, outcome.code(), language.number());
    }

    /**
     * What a check is called.
     *
     * @param check the name of the check, {@link Report.Check#name()}
     * @param language the language
     * @return its name
     */
    public static String describeCheck(String check, Language language) {
        return Library.explain(1, check, language.number());
    }

    /**
     * Why a check came to its outcome.
     *
     * @param reason {@link Report.Check#reason()}
     * @param language the language
     * @return one sentence
     */
    public static String cause(String reason, Language language) {
        return Library.explain(2, reason, language.number());
    }

    /**
     * What to do about it.
     *
     * @param reason {@link Report.Check#reason()}
     * @param language the language
     * @return one sentence
     */
    public static String remedy(String reason, Language language) {
        return Library.explain(3, reason, language.number());
    }

    /**
     * What a finding means.
     *
     * @param finding {@link Report.Finding#code()}
     * @param language the language
     * @return one sentence
     */
    public static String describeFinding(String finding, Language language) {
        return Library.explain(4, finding, language.number());
    }
}
