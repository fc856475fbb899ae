package cn.yinxin;

/** Whether revocation is looked at. */
public enum RevocationMode {
    /** Not at all. */
    OFF(0),
    /** As far as the evidence goes; none is no obstacle. */
    IF_AVAILABLE(1),
    /** Every certificate below the anchor needs current evidence. */
    REQUIRED(2);

    private final int number;

    RevocationMode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
