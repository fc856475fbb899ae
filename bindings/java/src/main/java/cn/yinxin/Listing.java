package cn.yinxin;

/** How a seal names its signers. */
public enum Listing {
    /** By whole certificates, which readers of every layout understand. */
    CERTIFICATES(0),
    /** By the SM3 digests of certificates. Not in the layout of 2014. */
    DIGESTS(1),
    /** By SM3 digests over Z and certificate. Not in the layout of 2014; SM2 certificates only. */
    DIGESTS_WITH_Z(2);

    private final int number;

    Listing(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
