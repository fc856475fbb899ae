package cn.yinxin;

/** Whether a trust system is for real use or for trials. */
public enum Environment {
    /** For real use. */
    PRODUCTION(0),
    /** For trials. */
    TEST(1);

    private final int number;

    Environment(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
