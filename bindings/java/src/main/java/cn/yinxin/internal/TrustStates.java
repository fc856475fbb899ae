package cn.yinxin.internal;

import com.sun.jna.Pointer;

/** Trust systems as callers keep them: bytes in, bytes out. */
public final class TrustStates {
    private TrustStates() {}

    /** What is done with a native state. */
    interface With<T> {
        T call(Pointer state);
    }

    /** A state, read. */
    public static final class StateData {
        /** Its bytes. */
        public final byte[] stored;
        /** The trust system's name. */
        public final String name;
        /** Version of the list in force. */
        public final long listVersion;
        /** The latest time it was told of. */
        public final long latestSeen;

        StateData(Pointer it) {
            stored = Native.bytes((out, error) -> C.yinxin_trust_state_to_bytes(it, out, error));
            name = Native.read(C.yinxin_trust_state_name(it));
            listVersion = C.yinxin_trust_state_list_version(it);
            latestSeen = C.yinxin_trust_state_latest_seen(it);
        }
    }

    static <T> T with(byte[] stored, With<T> call) {
        return used(Native.object((out, error) ->
            C.yinxin_trust_state_from_bytes(stored, stored.length, out, error)), call);
    }

    private static <T> T used(Pointer state, With<T> call) {
        try {
            return call.call(state);
        } finally {
            C.yinxin_trust_state_free(state);
        }
    }

    /**
     * Reads a state.
     *
     * @param stored its bytes
     * @return the state
     */
    public static StateData read(byte[] stored) {
        return with(stored, StateData::new);
    }

    /**
     * Pins a root.
     *
     * @param root its bytes
     * @param environment number of the environment
     * @param now the time
     * @return the state
     */
    public static StateData pin(byte[] root, int environment, long now) {
        return used(Native.object((out, error) ->
            C.yinxin_trust_state_pin(root, root.length, environment, now, out, error)), StateData::new);
    }

    /**
     * Takes the next root.
     *
     * @param stored the state
     * @param root its bytes
     * @param now the time
     * @return the state
     */
    public static StateData rotate(byte[] stored, byte[] root, long now) {
        return with(stored, it -> used(Native.object((out, error) ->
            C.yinxin_trust_state_rotate(it, root, root.length, now, out, error)), StateData::new));
    }

    /**
     * Takes a list in.
     *
     * @param stored the state
     * @param list its bytes
     * @param now the time
     * @return the state
     */
    public static StateData install(byte[] stored, byte[] list, long now) {
        return with(stored, it -> used(Native.object((out, error) ->
            C.yinxin_trust_state_install(it, list, list.length, now, out, error)), StateData::new));
    }

    /**
     * Remembers a time.
     *
     * @param stored the state
     * @param now the time
     * @return the state
     */
    public static StateData seen(byte[] stored, long now) {
        return with(stored, it -> used(Native.object((out, error) ->
            C.yinxin_trust_state_seen(it, now, out, error)), StateData::new));
    }

    /**
     * How fresh the list is.
     *
     * @param stored the state
     * @param at the time
     * @return its name, null for a time out of range
     */
    public static String freshness(byte[] stored, long at) {
        return with(stored, it -> Native.read(C.yinxin_trust_state_freshness(it, at)));
    }
}
