package cn.yinxin;

/** A kind of typeface of a page design. */
public enum FontRole {
    /** Song. */
    SONG(0),
    /** Hei. */
    HEI(1),
    /** Kai. */
    KAI(2),
    /** Fangsong. */
    FANG_SONG(3);

    private final int number;

    FontRole(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
