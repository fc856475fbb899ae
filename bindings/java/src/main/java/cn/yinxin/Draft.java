package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import cn.yinxin.internal.Sealing;

/** A license (电子证照) to be issued. Immutable: each method gives another. */
public final class Draft {
    private final String metadata;
    private final String design;
    private final Instant createdAt;
    private final List<Sealing.Step> steps;

    /**
     * A license with the standard design in landscape.
     *
     * @param metadata JSON text
     * @param createdAt when the document is made, which it states
     */
    public Draft(String metadata, Instant createdAt) {
        this(metadata, "standard-landscape", createdAt);
    }

    /**
     * A license.
     *
     * @param metadata JSON text
     * @param design {@code standard-landscape}, {@code standard-portrait}, or a page design as JSON
     * @param createdAt when the document is made, which it states
     */
    public Draft(String metadata, String design, Instant createdAt) {
        this(Objects.requireNonNull(metadata, "metadata"), Objects.requireNonNull(design, "design"), createdAt,
            Collections.emptyList());
        drafted().check();
    }

    private Draft(String metadata, String design, Instant createdAt, List<Sealing.Step> steps) {
        this.metadata = metadata;
        this.design = design;
        this.createdAt = createdAt;
        this.steps = steps;
    }

    private Draft with(Sealing.Step step) {
        List<Sealing.Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Draft(metadata, design, createdAt, more);
    }

    /**
     * Sets the font of a kind of typeface, which a PDF embeds in part.
     *
     * @param role the kind
     * @param font a TrueType or OpenType file
     * @return the changed draft
     */
    public Draft font(FontRole role, byte[] font) {
        byte[] kept = font.clone();
        int number = role.number();
        return with(builder -> builder.font(number, kept));
    }

    /**
     * Makes a PDF for the archive, PDF/A-3b, which needs fonts.
     *
     * @return the changed draft
     */
    public Draft forArchive() {
        return with(Sealing.Builder::forArchive);
    }

    /** Requires that the metadata fit their type in the built-in catalog (证照目录). */
    public void checkCatalog() {
        with(builder -> builder.checkCatalog(null)).drafted().check();
    }

    /**
     * Requires that the metadata fit their type in a catalog.
     *
     * @param catalog JSON text
     */
    public void checkCatalog(String catalog) {
        Objects.requireNonNull(catalog, "catalog");
        with(builder -> builder.checkCatalog(catalog)).drafted().check();
    }

    /**
     * The document without a seal.
     *
     * @param format the container
     * @return its bytes
     */
    public byte[] document(Format format) {
        return drafted().document(format.number());
    }

    /**
     * Freezes it for its signature. A seal shows in its place on the page.
     *
     * @param format the container
     * @param request the seal or signature
     * @return the pending license
     */
    public Pending prepare(Format format, Request request) {
        return new Pending(drafted().prepare(format.number(), request.wanted()));
    }

    /**
     * Takes up what {@link Pending#toBytes()} stored, with the same draft.
     *
     * @param format the container
     * @param stored what was stored
     * @return the pending license
     */
    public Pending resume(Format format, byte[] stored) {
        return new Pending(drafted().resume(format.number(), stored));
    }

    private Sealing.Drafted drafted() {
        return new Sealing.Drafted(metadata, design, createdAt.getEpochSecond(), steps);
    }
}
