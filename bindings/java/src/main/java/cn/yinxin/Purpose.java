package cn.yinxin;

/** What a certificate's key is to be used for. */
public enum Purpose {
    /** Anything: key usage and extended key usage are not looked at. */
    ANY(0),
    /** Signing documents, or with a seal. */
    SIGNER(1),
    /** Making seals. */
    MAKER(2),
    /** Time stamping. */
    TSA(3);

    private final int number;

    Purpose(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
