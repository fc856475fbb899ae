package cn.yinxin;

/** An edge of a page. */
public enum Edge {
    /** The left edge. */
    LEFT(0),
    /** The right edge. */
    RIGHT(1),
    /** The upper edge. */
    TOP(2),
    /** The lower edge. */
    BOTTOM(3);

    private final int number;

    Edge(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
