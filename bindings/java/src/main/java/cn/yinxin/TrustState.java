package cn.yinxin;

import java.time.Instant;

import cn.yinxin.internal.TrustStates;

/**
 * A trust system as one caller holds it: the pinned root, the list in force, the latest time seen.
 * Immutable: a change gives another, and one that is refused leaves this as it was. Keep
 * {@link #toBytes()} between runs, where nobody else can change it: it protects from older lists.
 */
public final class TrustState {
    private final TrustStates.StateData data;

    TrustState(TrustStates.StateData data) {
        this.data = data;
    }

    /**
     * Pins a root on the caller's word: how it came here is the caller's to know.
     *
     * @param root the signed root
     * @param environment what the caller works in, which must be the root's
     * @param now the time
     * @return the state, without a list
     */
    public static TrustState pin(byte[] root, Environment environment, Instant now) {
        return new TrustState(TrustStates.pin(root, environment.number(), now.getEpochSecond()));
    }

    /**
     * Reads a state that was kept.
     *
     * @param stored what {@link #toBytes()} gave
     * @return the state
     */
    public static TrustState fromBytes(byte[] stored) {
        return new TrustState(TrustStates.read(stored));
    }

    /**
     * Remembers a time, so that a clock set back later is noticed.
     *
     * @param now the time
     * @return the state with it
     */
    public TrustState seen(Instant now) {
        return new TrustState(TrustStates.seen(data.stored, now.getEpochSecond()));
    }

    /**
     * The latest time it was told of.
     *
     * @return the time
     */
    public Instant latestSeen() {
        return Instant.ofEpochSecond(data.latestSeen);
    }

    /**
     * Takes in the list of a pack. One whose list is older than the one in force is refused as a whole.
     *
     * @param pack the signed pack
     * @param now the time
     * @return the pack, with the state that has its list
     */
    public TrustPack openPack(byte[] pack, Instant now) {
        return new TrustPack(data.stored, pack.clone(), now.getEpochSecond());
    }

    /**
     * Takes the next root, signed by the keys of the one before.
     *
     * @param root the signed root
     * @param now the time
     * @return the state with it
     */
    public TrustState rotate(byte[] root, Instant now) {
        return new TrustState(TrustStates.rotate(data.stored, root, now.getEpochSecond()));
    }

    /**
     * Takes a list in, if it follows from the one in force.
     *
     * @param list the signed list
     * @param now the time
     * @return the state with it
     */
    public TrustState install(byte[] list, Instant now) {
        return new TrustState(TrustStates.install(data.stored, list, now.getEpochSecond()));
    }

    /**
     * The state, to be kept.
     *
     * @return its bytes
     */
    public byte[] toBytes() {
        return data.stored.clone();
    }

    byte[] shared() {
        return data.stored;
    }

    /**
     * The name of the trust system.
     *
     * @return the name
     */
    public String name() {
        return data.name;
    }

    /**
     * The version of the list in force.
     *
     * @return the version, 0 without a list
     */
    public long listVersion() {
        return data.listVersion;
    }

    /**
     * How fresh the list is at a time: {@code none}, {@code fresh}, {@code stale-warn} after a week, or
     * {@code stale-stop} after thirty days, when it vouches for nothing.
     *
     * @param at the time
     * @return the word
     */
    public String freshness(Instant at) {
        String word = TrustStates.freshness(data.stored, at.getEpochSecond());
        if (word == null) {
            throw new IllegalArgumentException("a time out of range");
        }
        return word;
    }
}
