package cn.yinxin;

/** A language of the texts. */
public enum Language {
    /** Simplified Chinese. */
    ZH_CN(0),
    /** English. */
    EN(1);

    private final int number;

    Language(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
