package cn.yinxin;

import java.time.Instant;
import java.util.Arrays;

import cn.yinxin.internal.Further;
import cn.yinxin.internal.Sealing;

/**
 * An electronic seal (电子印章) that can be used: its maker's signature verifies under the certificate it
 * carries. Whether the maker is trusted is for a {@link Verifier} to say. Immutable.
 */
public final class Seal {
    private final Sealing.SealData data;

    private Seal(Sealing.SealData data) {
        this.data = data;
    }

    /**
     * Reads a seal.
     *
     * @param der SESeal, DER
     * @return the seal
     */
    public static Seal parse(byte[] der) {
        return new Seal(Sealing.seal(der.clone()));
    }

    /**
     * The bytes.
     *
     * @return a copy of the DER
     */
    public byte[] der() {
        return data.der.clone();
    }

    /**
     * The question to a time stamp authority over the seal; the layout of 2025 has a place for the answer.
     *
     * @param nonce a random number of up to 32 bytes, which the answer must repeat
     * @return TimeStampReq, DER
     */
    public byte[] timeStampRequest(byte[] nonce) {
        return Further.sealStampRequest(shared(), nonce);
    }

    /**
     * The same seal with the authority's answer to that question.
     *
     * @param request the question
     * @param response TimeStampResp, DER
     * @return the stamped seal
     */
    public Seal withTimeStamp(byte[] request, byte[] response) {
        return parse(Further.stampedSeal(shared(), request, response));
    }

    byte[] shared() {
        return data.der;
    }

    /**
     * Its unique code. Escape it before a person reads it, as the name.
     *
     * @return the code
     */
    public String id() {
        return data.id;
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return data.name;
    }

    /**
     * Its layout.
     *
     * @return the layout
     */
    public Layout layout() {
        return Layout.of(data.layout);
    }

    /**
     * First second of its validity.
     *
     * @return the time
     */
    public Instant validFrom() {
        return Instant.ofEpochSecond(data.validFrom);
    }

    /**
     * Last second of its validity.
     *
     * @return the time
     */
    public Instant validUntil() {
        return Instant.ofEpochSecond(data.validUntil);
    }

    /**
     * The file of its picture.
     *
     * @return a copy of the file
     */
    public byte[] picture() {
        return data.picture.clone();
    }

    /**
     * What the picture's bytes are, such as {@code PNG}; empty for what is not known.
     *
     * @return the type
     */
    public String pictureType() {
        return data.pictureType;
    }

    /**
     * The width at which the picture shows.
     *
     * @return millimetres
     */
    public int widthMm() {
        return data.widthMm;
    }

    /**
     * The height at which the picture shows.
     *
     * @return millimetres
     */
    public int heightMm() {
        return data.heightMm;
    }

    /**
     * How many signers it names.
     *
     * @return their number
     */
    public int signerCount() {
        return data.signers;
    }

    /**
     * The certificate of its maker, as it carries it; not trusted for that.
     *
     * @return the certificate
     */
    public Certificate maker() {
        return new Certificate(data.maker);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seal && Arrays.equals(data.der, ((Seal) other).data.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data.der);
    }

    @Override
    public String toString() {
        return "Seal(" + data.der.length + " bytes)";
    }
}
