package cn.yinxin;

/** What an anchor vouches for. */
public enum AnchorRole {
    /** Signers of documents and seals' users. */
    SIGNER(0),
    /** Makers of seals. */
    MAKER(1),
    /** Time stamp authorities. */
    TSA(2),
    /** OCSP responders. */
    OCSP(3),
    /** Publishers of status lists. */
    STATUS_PUBLISHER(4);

    private final int number;

    AnchorRole(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
