package cn.yinxin;

/** Which form fields of a PDF a signature locks. */
public enum FieldLock {
    /** Every field. */
    ALL(0),
    /** The named ones and all below them. */
    ONLY(1),
    /** All but the named ones and those below them. */
    ALL_BUT(2);

    private final int number;

    FieldLock(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
