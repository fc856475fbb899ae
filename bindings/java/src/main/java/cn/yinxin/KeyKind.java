package cn.yinxin;

/** A kind of key that can be generated. */
public enum KeyKind {
    /** SM2. */
    SM2(0),
    /** ECDSA on P-256. */
    P256(1),
    /** ECDSA on P-384. */
    P384(2),
    /** Ed25519. */
    ED25519(3);

    private final int number;

    KeyKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
