package cn.yinxin.internal;

/** What the library says of itself. */
public final class Library {
    private Library() {}

    /**
     * The version of the native library.
     *
     * @return such as {@code 0.1.0}
     */
    public static String version() {
        return Native.read(C.yinxin_version());
    }

    /**
     * What a code means to a person.
     *
     * @param kind 0 outcome, 1 check, 2 cause, 3 remedy, 4 finding
     * @param code the code
     * @param language 0 zh-CN, 1 English
     * @return one sentence or name
     */
    public static String explain(int kind, String code, int language) {
        byte[] text = Native.text(code);
        return Native.string((out, error) -> C.yinxin_explain(kind, text, language, out, error));
    }

    /**
     * Every code of the library.
     *
     * @return JSON
     */
    public static String codes() {
        return Native.string(C::yinxin_codes);
    }

    /**
     * A preset policy.
     *
     * @param name basic, window or archive
     * @param strict whether every departure from the encodings fails
     * @return JSON
     */
    public static String policy(String name, boolean strict) {
        byte[] text = Native.text(name);
        return Native.string((out, error) -> C.yinxin_policy_json(text, strict ? 1 : 0, out, error));
    }
}
