package cn.yinxin;

/** A kind of code that can be judged by itself. */
public enum CodeKind {
    /** License identifier (证照标识, GB/T 36904). */
    LICENSE(0),
    /** Unified social credit code (统一社会信用代码, GB 32100). */
    USCC(1),
    /** Organization code (组织机构代码, GB 11714). */
    ORGANIZATION(2),
    /** Citizen number (公民身份号码, GB 11643). */
    CITIZEN(3),
    /** Region (行政区划代码, GB/T 2260). */
    REGION(4);

    private final int number;

    CodeKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
