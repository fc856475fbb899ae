package cn.yinxin;

import java.time.Instant;

import cn.yinxin.internal.Further;

/** What the operator of a trust system publishes. */
public final class TrustDocuments {
    private TrustDocuments() {}

    /**
     * Makes a root from its JSON.
     *
     * @param payload JSON text
     * @param key a key of the root
     * @return the signed root
     */
    public static byte[] makeRoot(String payload, Key key) {
        return Further.trustDocument(0, payload, key.handle());
    }

    /**
     * Makes a trust list from its JSON.
     *
     * @param payload JSON text
     * @param key a key for lists
     * @return the signed list
     */
    public static byte[] makeList(String payload, Key key) {
        return Further.trustDocument(1, payload, key.handle());
    }

    /**
     * Adds a signature to a root, list or pack, where one key is not enough.
     *
     * @param document the signed document
     * @param key another key
     * @return the document with it
     */
    public static byte[] sign(byte[] document, Key key) {
        return Further.signTrustDocument(document, key.handle());
    }

    /**
     * Makes a status list, a JWT.
     *
     * @param uri what it is referred to by
     * @param issued when its statuses hold
     * @param ttlSeconds how long it may be used after that
     * @param bits of a status: 1, 2, 4 or 8
     * @param statuses a byte for each license or seal
     * @param publisher the publisher's key, SM2 or on P-256
     * @return the signed list
     */
    public static byte[] makeStatusList(String uri, Instant issued, long ttlSeconds, int bits, byte[] statuses,
            Key publisher) {
        return Further.statusList(uri, issued.getEpochSecond(), ttlSeconds, bits, statuses, publisher.handle());
    }
}
