package cn.yinxin;

/** Why a call failed. Numbers and names are the same in every language of the library. */
public enum ErrorCode {
    /** A code that this version of the face does not know. */
    UNKNOWN(-1, "unknown"),
    /** A pointer that must lead somewhere is NULL: a bug of this face. */
    NULL_POINTER(1, "null_pointer"),
    /** A text is not UTF-8: a bug of this face. */
    INVALID_UTF8(2, "invalid_utf8"),
    /** A length is out of range. */
    INVALID_LENGTH(3, "invalid_length"),
    /** A number or code is outside its list. */
    INVALID_ENUM(4, "invalid_enum"),
    /** A bug of the library was stopped at its border. */
    PANIC(5, "panic"),
    /** Bytes do not have the form they must have. */
    MALFORMED(100, "malformed"),
    /** A named limit on size, depth, count or ratio was exceeded. */
    LIMIT_EXCEEDED(101, "limit_exceeded"),
    /** Well formed, but of a kind this version cannot judge. */
    UNSUPPORTED(102, "unsupported"),
    /** A container that two readers could take for two different documents. */
    AMBIGUOUS(103, "ambiguous"),
    /** A part that others refer to is not there. */
    MISSING(104, "missing"),
    /** A signature value does not verify under the key. */
    SIGNATURE_MISMATCH(200, "signature_mismatch"),
    /** A key is malformed, off its curve, or too small. */
    INVALID_KEY(201, "invalid_key"),
    /** The password does not open the file. */
    WRONG_PASSWORD(202, "wrong_password"),
    /** Key and certificate do not belong together. */
    KEY_MISMATCH(203, "key_mismatch"),
    /** The algorithm is not offered, or not with this key. */
    UNSUPPORTED_ALGORITHM(204, "unsupported_algorithm"),
    /** An argument of the call is outside its documented range. */
    INVALID_ARGUMENT(300, "invalid_argument"),
    /** License metadata is incomplete or contradicts itself. */
    INVALID_METADATA(301, "invalid_metadata"),
    /** An identifier or code has a wrong form or check character. */
    INVALID_IDENTIFIER(302, "invalid_identifier"),
    /** The seal may not be used for this signature. */
    SEAL_UNUSABLE(303, "seal_unusable"),
    /** The signer's certificate is not in the seal's list. */
    SIGNER_NOT_IN_SEAL(304, "signer_not_in_seal"),
    /** The signer's certificate was renewed: the seal must be made anew. */
    SIGNER_RENEWED(305, "signer_renewed"),
    /** An earlier signature forbids further changes. */
    DOCUMENT_LOCKED(306, "document_locked"),
    /** A pending signature does not belong to this document or was altered. */
    PENDING_MISMATCH(307, "pending_mismatch"),
    /** The font has no glyph for a character of the text. */
    MISSING_GLYPH(308, "missing_glyph"),
    /** The text does not fit the place given for it. */
    DOES_NOT_FIT(309, "does_not_fit"),
    /** The document does not show the text that was looked for. */
    TEXT_NOT_FOUND(310, "text_not_found"),
    /** The time stamp authority gave no time stamp. */
    TIME_STAMP_REFUSED(320, "time_stamp_refused"),
    /** A time stamp answers another request. */
    TIME_STAMP_MISMATCH(321, "time_stamp_mismatch"),
    /** A trust document is older than the one in force. */
    TRUST_ROLLBACK(400, "trust_rollback"),
    /** A trust document does not follow from the one in force. */
    TRUST_FORK(401, "trust_fork"),
    /** A trust document is past its end. */
    TRUST_EXPIRED(402, "trust_expired"),
    /** Too few keys of the pinned root signed a trust document. */
    TRUST_THRESHOLD(403, "trust_threshold"),
    /** A trust document is of another kind, or of another trust system. */
    TRUST_ROLE(404, "trust_role"),
    /** No key of the pinned root signed a trust document. */
    TRUST_ROOT(405, "trust_root"),
    /** A trust document for trials was offered to production, or the reverse. */
    TRUST_ENVIRONMENT(406, "trust_environment"),
    /** A trust list believes nobody. */
    TRUST_EMPTY(407, "trust_empty"),
    /** The time given lies before one seen already, or before a document was issued. */
    TRUST_CLOCK(408, "trust_clock"),
    /** A bug of this library. */
    INTERNAL(900, "internal");

    private static final ErrorCode[] ALL = values();

    private final int number;
    private final String code;

    ErrorCode(int number, String code) {
        this.number = number;
        this.code = code;
    }

    /**
     * The stable number.
     *
     * @return the number, -1 for {@link #UNKNOWN}
     */
    public int number() {
        return number;
    }

    /**
     * The stable name, such as {@code malformed}.
     *
     * @return the name
     */
    public String code() {
        return code;
    }

    /**
     * The code of a number.
     *
     * @param number a number of the library
     * @return its code; {@link #UNKNOWN} for a number that this face does not know
     */
    public static ErrorCode of(int number) {
        for (ErrorCode code : ALL) {
            if (code.number == number) {
                return code;
            }
        }
        return UNKNOWN;
    }
}
