package cn.yinxin;

/** A text of a PDF's signature. */
public enum PdfText {
    /** The field to sign: an empty one of this name, or a new one. */
    FIELD(0),
    /** The signer. */
    NAME(1),
    /** Why. */
    REASON(2),
    /** Where. */
    LOCATION(3),
    /** How to reach the signer. */
    CONTACT(4),
    /** Another {@code Filter} than the form's. */
    FILTER(5),
    /** Another {@code SubFilter} than the form's. */
    SUB_FILTER(6);

    private final int number;

    PdfText(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
