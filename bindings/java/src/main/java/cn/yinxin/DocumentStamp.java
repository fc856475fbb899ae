package cn.yinxin;

import cn.yinxin.internal.Further;

/** A PDF that waits for a time stamp over all of it. Immutable. */
public final class DocumentStamp {
    private final byte[] document;
    private final Further.Stamp stamp;

    private DocumentStamp(byte[] document, Further.Stamp stamp) {
        this.document = document;
        this.stamp = stamp;
    }

    /**
     * Freezes a PDF.
     *
     * @param document PDF
     * @param nonce a random number of up to 32 bytes, which the answer must repeat
     * @return what waits
     */
    public static DocumentStamp prepare(byte[] document, byte[] nonce) {
        return new DocumentStamp(document.clone(), Further.stamp(document, nonce));
    }

    /**
     * Takes a stored one up again.
     *
     * @param stored what {@link #toBytes()} gave
     * @param document the same PDF
     * @return what waits
     */
    public static DocumentStamp fromBytes(byte[] stored, byte[] document) {
        return new DocumentStamp(document.clone(), Further.resume(stored, document));
    }

    /**
     * The question to the time stamp authority.
     *
     * @return TimeStampReq, DER
     */
    public byte[] request() {
        return stamp.request.clone();
    }

    /**
     * The document with the authority's answer.
     *
     * @param response TimeStampResp, DER
     * @return the stamped PDF
     */
    public byte[] complete(byte[] response) {
        return Further.stamped(stamp.stored, document, response);
    }

    /**
     * What to keep until then; the document is not in it.
     *
     * @return bytes
     */
    public byte[] toBytes() {
        return stamp.stored.clone();
    }
}
