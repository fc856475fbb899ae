package cn.yinxin;

/** A file of a pack. */
public enum PackPart {
    /** Revocation lists, DER or PEM. */
    CRLS(0),
    /** An OCSP response, DER. */
    OCSP(1),
    /** A status list, JWT or CWT. */
    STATUS_LIST(2),
    /** Where licenses and seals stand in status lists, JSON. */
    STATUS_REFERENCES(3),
    /** A revocation list of seals, JSON with its {@code asOf}. */
    SEAL_REVOCATIONS(4),
    /** The catalog of licenses, JSON. */
    CATALOG(5);

    private final int number;

    PackPart(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
