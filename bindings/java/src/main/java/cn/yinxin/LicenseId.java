package cn.yinxin;

import cn.yinxin.internal.Further;

/** A license identifier (证照标识, GB/T 36904). Immutable. */
public final class LicenseId {
    private final String text;
    private final String typeCode;
    private final String issuer;
    private final String serial;
    private final int version;

    private LicenseId(String text) {
        this.text = text;
        typeCode = Further.licenseIdPart(text, 0);
        issuer = Further.licenseIdPart(text, 1);
        serial = Further.licenseIdPart(text, 2);
        version = Integer.parseInt(Further.licenseIdPart(text, 3));
    }

    /**
     * Reads one. A wrong check character is no error: {@link #check()} tells.
     *
     * @param text its text
     * @return the identifier
     */
    public static LicenseId parse(String text) {
        return new LicenseId(text);
    }

    /**
     * Makes one with its check character.
     *
     * @param typeCode the license's type
     * @param issuer unified social credit code of the issuer
     * @param serial digits and capital letters
     * @param version from 1
     * @return the identifier
     */
    public static LicenseId make(String typeCode, String issuer, String serial, int version) {
        return new LicenseId(Further.licenseId(typeCode, issuer, serial, version));
    }

    /**
     * Whether a code has the form and the check character of its kind; nobody is asked whether it was ever
     * given to anyone.
     *
     * @param kind the kind
     * @param code the code
     * @return {@link Outcome#INDETERMINATE} where a license's serial cannot be checked
     */
    public static Outcome checkCode(CodeKind kind, String code) {
        switch (Further.check(kind.number(), code)) {
            case 1:
                return Outcome.INDETERMINATE;
            case 2:
                return Outcome.PASSED;
            default:
                return Outcome.FAILED;
        }
    }

    /**
     * What the check character tells.
     *
     * @return the outcome
     */
    public Outcome check() {
        return checkCode(CodeKind.LICENSE, text);
    }

    /**
     * The code of the license's type.
     *
     * @return the code
     */
    public String typeCode() {
        return typeCode;
    }

    /**
     * The code of who issued it.
     *
     * @return the code
     */
    public String issuer() {
        return issuer;
    }

    /**
     * Its serial.
     *
     * @return the serial
     */
    public String serial() {
        return serial;
    }

    /**
     * Its version.
     *
     * @return from 1
     */
    public int version() {
        return version;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LicenseId && text.equals(((LicenseId) other).text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Its text. */
    @Override
    public String toString() {
        return text;
    }
}
