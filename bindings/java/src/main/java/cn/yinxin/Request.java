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
