package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import cn.yinxin.internal.Sealing;

/** A seal or signature to be put on a document. Immutable: each method gives another. */
public final class Request {
    /** Of a keyword, its only occurrence. */
    public static final int ONLY = -1;
    /** Of a keyword, its last occurrence. */
    public static final int LAST = -2;
    /** Of a keyword, each of its occurrences. */
    public static final int ALL = -3;

    private final byte[] seal;
    private final byte[] signer;
    private final Instant signedAt;
    private final List<Sealing.Step> steps;

    private Request(byte[] seal, byte[] signer, Instant signedAt, List<Sealing.Step> steps) {
        this.seal = seal;
        this.signer = signer;
        this.signedAt = signedAt;
        this.steps = steps;
    }

    /**
     * Affixes a seal (签章).
     *
     * @param seal the seal
     * @param signer the signer's certificate
     * @param signedAt the time, which is the signer's claim
     * @return the request
     */
    public static Request affix(Seal seal, Certificate signer, Instant signedAt) {
        return new Request(seal.shared(), signer.shared(), signedAt, Collections.emptyList());
    }

    /**
     * Signs without a seal.
     *
     * @param signer the signer's certificate
     * @param signedAt the time, which is the signer's claim
     * @return the request
     */
    public static Request sign(Certificate signer, Instant signedAt) {
        return new Request(null, signer.shared(), signedAt, Collections.emptyList());
    }

    private Request with(Sealing.Step step) {
        List<Sealing.Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Request(seal, signer, signedAt, more);
    }

    /**
     * Shows the seal at a point.
     *
     * @param page from 0
     * @param centerXMm millimetres from the left edge, kept to the micrometre
     * @param centerYMm millimetres from the upper edge
     * @return the changed request
     */
    public Request at(int page, double centerXMm, double centerYMm) {
        long x = micrometres(centerXMm);
        long y = micrometres(centerYMm);
        return with(builder -> builder.at(page, x, y));
    }

    /**
     * Shows the seal on a keyword.
     *
     * @param keyword the text
     * @param occurrence {@link #ONLY}, {@link #LAST}, {@link #ALL}, or a number from 0
     * @param rightMm how far it moves to the right
     * @param downMm how far it moves down
     * @return the changed request
     */
    public Request atKeyword(String keyword, int occurrence, double rightMm, double downMm) {
        long right = micrometres(rightMm);
        long down = micrometres(downMm);
        return with(builder -> builder.atKeyword(keyword, occurrence, right, down));
    }

    /**
     * Shows the seal in slices along an edge of all pages (骑缝章).
     *
     * @param edge the edge
     * @return the changed request
     */
    public Request riding(Edge edge) {
        int number = edge.number();
        return with(builder -> builder.riding(number));
    }

    /**
     * Lets nobody sign after this.
     *
     * @return the changed request
     */
    public Request closeDocument() {
        return with(Sealing.Builder::closeDocument);
    }

    /**
     * Names the earlier signature, by its ID in an OFD's list, that this one is relative to: a
     * counter-signature.
     *
     * @param id its ID
     * @return the changed request
     */
    public Request relativeTo(String id) {
        return with(builder -> builder.relativeTo(id));
    }

    /**
     * Signs with RSA-PSS (SHA-256) where the signer's key is RSA.
     *
     * @return the changed request
     */
    public Request useRsaPss() {
        return with(Sealing.Builder::useRsaPss);
    }

    /**
     * Writes a message as CMS although the key is SM2, for which GB/T 35275 is usual.
     *
     * @return the changed request
     */
    public Request useCms() {
        return with(Sealing.Builder::useCms);
    }

    /**
     * Has a certificate travel in a message beside the signer's, at most 16.
     *
     * @param certificate the certificate
     * @return the changed request
     */
    public Request certificate(Certificate certificate) {
        byte[] der = certificate.shared();
        return with(builder -> builder.certificate(der));
    }

    /**
     * Keeps no room for a time stamp in a PDF, which makes it some 32 kB smaller.
     *
     * @return the changed request
     */
    public Request withoutTimeStamp() {
        return with(Sealing.Builder::withoutTimeStamp);
    }

    /**
     * Sets a text of a PDF's signature.
     *
     * @param kind which
     * @param value the text
     * @return the changed request
     */
    public Request pdfText(PdfText kind, String value) {
        int number = kind.number();
        return with(builder -> builder.pdfText(number, value));
    }

    /**
     * Sets the form of a PDF's signature, where it is not the usual one of the message.
     *
     * @param format the form
     * @return the changed request
     */
    public Request pdfFormat(PdfFormat format) {
        int number = format.number();
        return with(builder -> builder.pdfFormat(number));
    }

    /**
     * Makes it the author's signature of a PDF.
     *
     * @param permission what others may change afterwards
     * @return the changed request
     */
    public Request certify(PdfPermission permission) {
        int number = permission.number();
        return with(builder -> builder.certify(number));
    }

    /**
     * Locks every form field of a PDF.
     *
     * @return the changed request
     */
    public Request lockAllFields() {
        return with(builder -> builder.lockField(FieldLock.ALL.number(), null));
    }

    /**
     * Locks form fields of a PDF; called again with the same lock, a further field is named.
     *
     * @param lock which fields
     * @param field a field's name
     * @return the changed request
     */
    public Request lockField(FieldLock lock, String field) {
        int number = lock.number();
        return with(builder -> builder.lockField(number, field));
    }

    /**
     * Shows a signature without a seal in a PDF by a picture around its place's centre.
     *
     * @param picture PNG
     * @param widthMm millimetres
     * @param heightMm millimetres
     * @return the changed request
     */
    public Request showPicture(byte[] picture, double widthMm, double heightMm) {
        byte[] kept = picture.clone();
        long width = micrometres(widthMm);
        long height = micrometres(heightMm);
        return with(builder -> builder.show(width, height, kept, null, new byte[0]));
    }

    /**
     * Shows it by a text, beside a picture unless that is empty.
     *
     * @param text the text
     * @param font the font file it is set in
     * @param picture PNG; empty for none
     * @param widthMm millimetres
     * @param heightMm millimetres
     * @return the changed request
     */
    public Request showText(String text, byte[] font, byte[] picture, double widthMm, double heightMm) {
        byte[] face = font.clone();
        byte[] kept = picture.clone();
        long width = micrometres(widthMm);
        long height = micrometres(heightMm);
        return with(builder -> builder.show(width, height, kept, text, face));
    }

    /**
     * Freezes a document for its signature.
     *
     * @param document OFD or PDF
     * @return the pending document
     */
    public Pending prepare(byte[] document) {
        return new Pending(wanted().prepare(document));
    }

    Sealing.Wanted wanted() {
        return new Sealing.Wanted(seal, signer, signedAt.getEpochSecond(), steps);
    }

    private static long micrometres(double mm) {
        if (Double.isNaN(mm) || Double.isInfinite(mm)) {
            throw new IllegalArgumentException("a length is a number");
        }
        return Math.round(mm * 1000.0);
    }
}
