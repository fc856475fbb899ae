package cn.yinxin;

import java.time.Instant;

import cn.yinxin.internal.Further;
import cn.yinxin.internal.Trusting;

/**
 * A pack that was opened: all that a window needs offline. Its trust list is in {@link #state()}, its evidence
 * goes to {@link Verifier.Builder#pack}. Immutable.
 */
public final class TrustPack {
    private final byte[] before;
    private final byte[] pack;
    private final long now;
    private final Further.Opened opened;

    TrustPack(byte[] before, byte[] pack, long now) {
        this.before = before;
        this.pack = pack;
        this.now = now;
        opened = Further.open(before, pack, now);
    }

    void addTo(Trusting trusting) {
        trusting.pack(before, pack, now);
    }

    /**
     * The state with the pack's list. Keep it.
     *
     * @return the state
     */
    public TrustState state() {
        return new TrustState(opened.state);
    }

    /**
     * When the pack was put together.
     *
     * @return the time
     */
    public Instant issued() {
        return Instant.ofEpochSecond(opened.issued);
    }

    /**
     * After this it is not taken any more.
     *
     * @return the time
     */
    public Instant expires() {
        return Instant.ofEpochSecond(opened.expires);
    }
}
