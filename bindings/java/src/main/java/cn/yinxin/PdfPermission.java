package cn.yinxin;

/** What others may change in a PDF behind its author's signature. */
public enum PdfPermission {
    /** Nothing. */
    NOTHING(1),
    /** Fill in forms and sign. */
    FILL_AND_SIGN(2),
    /** Comment besides. */
    COMMENT(3);

    private final int number;

    PdfPermission(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
