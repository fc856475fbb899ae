package cn.yinxin;

/** The container of a license. */
public enum Format {
    /** An OFD package. */
    OFD(0),
    /** A PDF document. */
    PDF(1);

    private final int number;

    Format(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
