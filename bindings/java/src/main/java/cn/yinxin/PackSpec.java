package cn.yinxin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import cn.yinxin.internal.Further;

/** A pack to be put together around a signed trust list. Immutable: a change gives another. */
public final class PackSpec {
    private final String name;
    private final Environment environment;
    private final Instant issued;
    private final Instant expires;
    private final byte[] list;
    private final List<Further.Step> parts;

    private PackSpec(PackSpec of, List<Further.Step> parts) {
        this.name = of.name;
        this.environment = of.environment;
        this.issued = of.issued;
        this.expires = of.expires;
        this.list = of.list;
        this.parts = parts;
    }

    /**
     * Begins with the list.
     *
     * @param name of the trust system
     * @param environment of the trust system
     * @param issued when the pack is put together
     * @param expires after this it is not taken any more
     * @param list the signed list
     */
    public PackSpec(String name, Environment environment, Instant issued, Instant expires, byte[] list) {
        this.name = name;
        this.environment = environment;
        this.issued = issued;
        this.expires = expires;
        this.list = list.clone();
        parts = Collections.emptyList();
    }

    /**
     * Puts a file in.
     *
     * @param part what it is
     * @param file its bytes
     * @return the changed specification
     */
    public PackSpec add(PackPart part, byte[] file) {
        byte[] kept = file.clone();
        int number = part.number();
        List<Further.Step> more = new ArrayList<>(parts);
        more.add(builder -> builder.part(number, kept));
        return new PackSpec(this, more);
    }

    /**
     * Signs the pack; {@link TrustDocuments#sign} adds other keys. Whatever is in it must be readable.
     *
     * @param key a key for lists
     * @return the signed pack
     */
    public byte[] make(Key key) {
        return Further.makePack(name, environment.number(), issued.getEpochSecond(), expires.getEpochSecond(), list,
            parts, key.handle());
    }
}
