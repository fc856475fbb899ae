package cn.yinxin;

import java.time.Instant;

import cn.yinxin.internal.Further;
import cn.yinxin.internal.Handle;
import cn.yinxin.internal.Sealing;

/**
 * A document, license or seal with everything but its signature, which is made wherever the key lives.
 * {@link #complete} does all that remains; for a time stamp, {@link #addSignature},
 * {@link #timeStampRequest}, {@link #addTimeStamp} and {@link #finish} follow each other. Safe for
 * threads, one at a time.
 */
public final class Pending implements AutoCloseable {
    private final Handle handle;

    Pending(Handle handle) {
        this.handle = handle;
    }

    /**
     * Takes a stored document up again. For a license there is {@link Draft#resume}.
     *
     * @param stored what {@link #toBytes()} gave
     * @param document the document it was prepared from
     * @return the pending document
     */
    public static Pending fromBytes(byte[] stored, byte[] document) {
        return new Pending(Sealing.resume(stored, document));
    }

    /**
     * Lists every file of an OFD package and freezes the list for its signature (GM/T 0099-2020 7.4): no file
     * changes, and none can be added afterwards. The signer's key must be SM2.
     *
     * @param document OFD
     * @param signer the signer's certificate
     * @param signedAt the time, which is the signer's claim
     * @return the pending list
     */
    public static Pending integrity(byte[] document, Certificate signer, Instant signedAt) {
        return new Pending(Further.integrity(document, signer.shared(), signedAt.getEpochSecond()));
    }

    /**
     * Takes a stored list of files up again.
     *
     * @param stored what {@link #toBytes()} gave
     * @param document the same package
     * @return the pending list
     */
    public static Pending integrityFromBytes(byte[] stored, byte[] document) {
        return new Pending(Further.integrity(stored, document));
    }

    /**
     * The bytes to sign.
     *
     * @return the message
     */
    public synchronized byte[] message() {
        return Sealing.message(handle);
    }

    /**
     * The digest to sign, for devices that take digests: for SM2 e = SM3(Z ‖ M).
     *
     * @return the digest
     */
    public synchronized byte[] digest() {
        return Sealing.digest(handle);
    }

    /**
     * The algorithm to sign with, such as {@code SM2-SM3}.
     *
     * @return its name
     */
    public synchronized String algorithm() {
        return Sealing.algorithm(handle);
    }

    /**
     * Embeds the signature once it was verified under the certificate.
     *
     * @param signature DER, or r ‖ s for SM2
     * @return the finished document, license or seal
     */
    public synchronized byte[] complete(byte[] signature) {
        return Sealing.complete(handle, signature);
    }

    /**
     * Signs with a key at hand.
     *
     * @param key the key
     * @return the finished document, license or seal
     */
    public synchronized byte[] sign(Key key) {
        return Sealing.sign(handle, key.handle());
    }

    /**
     * What is needed to complete it later, in another process or on another day. Not for seals, which
     * are prepared again.
     *
     * @return bytes that hold neither key nor document
     */
    public synchronized byte[] toBytes() {
        return Sealing.store(handle);
    }

    /**
     * Takes the signature, to be time-stamped.
     *
     * @param signature DER, or r ‖ s for SM2
     */
    public synchronized void addSignature(byte[] signature) {
        Sealing.addSignature(handle, signature);
    }

    /**
     * The question to a time stamp authority over the signature.
     *
     * @param nonce a random number of up to 32 bytes, say 8
     * @return TimeStampReq, DER
     */
    public synchronized byte[] timeStampRequest(byte[] nonce) {
        return Sealing.timeStampRequest(handle, nonce);
    }

    /**
     * Takes the authority's answer.
     *
     * @param response TimeStampResp, DER
     */
    public synchronized void addTimeStamp(byte[] response) {
        Sealing.addTimeStamp(handle, response);
    }

    /**
     * The finished document, with its time stamp where one was added.
     *
     * @return its bytes
     */
    public synchronized byte[] finish() {
        return Sealing.finish(handle);
    }

    @Override
    public void close() {
        handle.close();
    }
}
