package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import cn.yinxin.internal.Sealing;

/** What a new seal is to be. Immutable: each method gives another. */
public final class SealSpec {
    private final String id;
    private final String name;
    private final Instant createdAt;
    private final Instant from;
    private final Instant until;
    private final List<Sealing.Step> steps;

    /**
     * A seal in the layout of GB/T 38540-2020; it still needs a picture and a signer.
     *
     * @param id its unique code, ASCII
     * @param name its name
     * @param createdAt when it is made
     * @param from first second of its validity
     * @param until last second of its validity
     */
    public SealSpec(String id, String name, Instant createdAt, Instant from, Instant until) {
        this(Objects.requireNonNull(id, "id"), Objects.requireNonNull(name, "name"), createdAt, from, until,
            Collections.emptyList());
    }

    private SealSpec(String id, String name, Instant createdAt, Instant from, Instant until,
            List<Sealing.Step> steps) {
        this.id = id;
        this.name = name;
        this.createdAt = createdAt;
        this.from = from;
        this.until = until;
        this.steps = steps;
    }

    private SealSpec with(Sealing.Step step) {
        List<Sealing.Step> more = new ArrayList<>(steps);
        more.add(step);
        return new SealSpec(id, name, createdAt, from, until, more);
    }

    /**
     * Sets the layout.
     *
     * @param layout the layout
     * @return the changed specification
     */
    public SealSpec layout(Layout layout) {
        int number = layout.number();
        return with(builder -> builder.layout(number));
    }

    /**
     * Sets the kind of seal, a number of the business's own; 1 unless set.
     *
     * @param type the number
     * @return the changed specification
     */
    public SealSpec type(int type) {
        return with(builder -> builder.type(type));
    }

    /**
     * Sets how the seal names its signers.
     *
     * @param listing how
     * @return the changed specification
     */
    public SealSpec listing(Listing listing) {
        int number = listing.number();
        return with(builder -> builder.listing(number));
    }

    /**
     * Adds one who may use the seal.
     *
     * @param signer the certificate
     * @return the changed specification
     */
    public SealSpec signer(Certificate signer) {
        byte[] der = signer.shared();
        return with(builder -> builder.signer(der));
    }

    /**
     * Gives it a picture.
     *
     * @param file PNG, GIF, BMP, JPEG, SVG or OFD
     * @param widthMm the width it shows at
     * @param heightMm the height it shows at
     * @return the changed specification
     */
    public SealSpec picture(byte[] file, int widthMm, int heightMm) {
        byte[] kept = file.clone();
        return with(builder -> builder.picture(kept, widthMm, heightMm));
    }

    /**
     * Draws its picture: a round seal with a star.
     *
     * @param text the text along the border
     * @param secondLine a line below the star, or null
     * @param font a TrueType or OpenType file; empty where no text is drawn
     * @param dpi pixels per inch, 300 to 1200
     * @return the changed specification
     */
    public SealSpec drawRound(String text, String secondLine, byte[] font, int dpi) {
        byte[] kept = font.clone();
        return with(builder -> builder.drawRound(text, secondLine, kept, dpi));
    }

    /**
     * Writes all but the maker's signature. Completing it gives the seal as DER.
     *
     * @param maker the maker's certificate
     * @return the pending seal
     */
    public Pending prepare(Certificate maker) {
        return new Pending(Sealing.prepareSeal(id, name, createdAt.getEpochSecond(), from.getEpochSecond(),
            until.getEpochSecond(), steps, maker.shared()));
    }

    /**
     * Makes the seal with the maker's key at hand.
     *
     * @param maker the maker's certificate
     * @param key the maker's key
     * @return the seal
     */
    public Seal make(Certificate maker, Key key) {
        try (Pending pending = prepare(maker)) {
            return Seal.parse(pending.sign(key));
        }
    }
}
