package cn.yinxin;

/** What a check asks. Codes are the same in every language of the library. */
public enum CheckCode {
    /** A check that this version of the face does not know; {@link Report.Check#name()} names it. */
    UNKNOWN("unknown"),
    /** Is the input a container this library reads? */
    CONTAINER_FORMAT("container.format"),
    /** Can every reader see only one document in it? */
    CONTAINER_AMBIGUOUS("container.ambiguous"),
    /** Does it carry a seal or signature? */
    DOCUMENT_SIGNED("document.signed"),
    /** Do the listed files have the digests that the signature lists, or does the byte range hold? */
    SIGNATURE_REFERENCES("signature.references"),
    /** Is the byte range exactly the document around the signature? */
    PDF_BYTE_RANGE("pdf.byte_range"),
    /** Does the signature cover a whole revision of the document? */
    PDF_REVISION("pdf.revision"),
    /** Is the signed hash the hash of what is signed? */
    SIGNATURE_DIGEST("signature.digest"),
    /** Does the signature value verify under the signer's key? */
    SIGNATURE_VALUE("signature.value"),
    /** Do all named algorithms agree with each other and with the key, and are they strong enough? */
    SIGNATURE_ALGORITHM("signature.algorithm"),
    /** Does the seal have the form its standard asks for? */
    SEAL_FORMAT("seal.format"),
    /** Does the maker's signature on the seal verify? */
    SEAL_MAKER_SIGNATURE("seal.maker_signature"),
    /** Are the seal in the signature and the seal beside it the same bytes? */
    SEAL_EMBEDDED_EQUAL("seal.embedded_equal"),
    /** Is the signer one of those the seal was made for? */
    SEAL_SIGNATURE_SIGNER_LISTED("seal_signature.signer_listed"),
    /** Is the signature that this one says it builds on there, covered by it and intact? */
    SIGNATURE_BASE("signature.base"),
    /** Is the displayed document unchanged since it was signed? */
    DOCUMENT_CHANGED_AFTER_SIGNING("document.changed_after_signing"),
    /** Is every later change of the document one that the policy admits? */
    PDF_MODIFICATION("pdf.modification"),
    /** Do later changes respect what the signers permit? */
    PDF_PERMISSION("pdf.permission"),
    /** Is all that is displayed covered by a signature? */
    COVERAGE_DOCUMENT("coverage.document"),
    /** Does the integrity list name every file of the package? */
    INTEGRITY_ENTRIES("integrity.entries"),
    /** Does the integrity list's own signature verify? */
    INTEGRITY_VALUE("integrity.value"),
    /** Is the signature value's time stamp valid? */
    SIGNATURE_TIMESTAMP("signature.timestamp"),
    /** Was the maker's certificate valid when the seal was made? */
    SEAL_MAKER_CERTIFICATE("seal.maker_certificate"),
    /** Was the seal made at a plausible time? */
    SEAL_CREATE_TIME("seal.create_time"),
    /** Was the seal valid when it was used? */
    SEAL_VALIDITY("seal.validity"),
    /** Was the seal not revoked when it was used, by the register of seals? */
    SEAL_STATUS("seal.status"),
    /** Is the seal's time stamp valid? */
    SEAL_TIMESTAMP("seal.timestamp"),
    /** Is the seal's picture of the type it claims? */
    SEAL_PICTURE("seal.picture"),
    /** Does the time of signing lie within certificate and seal validity? */
    SEAL_SIGNATURE_TIME("seal_signature.time"),
    /** Does the certificate lead to a trusted one? */
    PATH_ANCHOR("path.anchor"),
    /** Does every certificate on the way permit this use? */
    PATH_CONSTRAINT("path.constraint"),
    /** Is every certificate on the way signed by a sound algorithm and key? */
    PATH_ALGORITHM("path.algorithm"),
    /** Was the signer's certificate not revoked? */
    REVOCATION_SIGNER("revocation.signer"),
    /** Was the maker's certificate not revoked? */
    REVOCATION_MAKER("revocation.maker"),
    /** Is the maker entitled to make this authority's seal? */
    AUTHORITY_MAKER("authority.maker"),
    /** Is the signer the authority that the license names as its issuer? */
    AUTHORITY_ISSUER("authority.issuer"),
    /** Do region, issuer and type lie within what the anchor vouches for? */
    AUTHORITY_SCOPE("authority.scope"),
    /** Do all sources of the license's data agree? */
    LICENSE_CONSISTENT("license.consistent"),
    /** Is the license identifier well formed? */
    LICENSE_IDENTIFIER("license.identifier"),
    /** Is the license's metadata complete? */
    LICENSE_METADATA("license.metadata"),
    /** What does the issuer say of the license now? */
    LICENSE_STATUS("license.status"),
    /** Does the day of the check lie within the license's validity? */
    LICENSE_VALIDITY("license.validity"),
    /** Is the verdict asked for as of a time when the trust list was issued already? */
    TIME_CLOCK("time.clock");

    private static final CheckCode[] ALL = values();

    private final String code;

    CheckCode(String code) {
        this.code = code;
    }

    /**
     * The stable code, such as {@code path.anchor}.
     *
     * @return the code
     */
    public String code() {
        return code;
    }

    /**
     * The check of a code.
     *
     * @param code a code of a report
     * @return its check; {@link #UNKNOWN} for a code that this face does not know
     */
    public static CheckCode of(String code) {
        for (CheckCode check : ALL) {
            if (check.code.equals(code)) {
                return check;
            }
        }
        return UNKNOWN;
    }
}
