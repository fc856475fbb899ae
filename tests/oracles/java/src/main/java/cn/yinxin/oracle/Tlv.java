package cn.yinxin.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One DER element with the bytes it came in, so that signed bytes are checked as they stand. */
record Tlv(int tag, byte[] raw, byte[] content) {
    static Tlv read(byte[] der) {
        List<Tlv> all = readAll(der);
        if (all.size() != 1) {
            throw new IllegalArgumentException(all.size() + " elements where one was expected");
        }
        return all.get(0);
    }

    static List<Tlv> readAll(byte[] der) {
        List<Tlv> elements = new ArrayList<>();
        int at = 0;
        while (at < der.length) {
            int start = at;
            int tag = der[at++] & 0xff;
            int length = der[at++] & 0xff;
            if (length >= 0x80) {
                int octets = length & 0x7f;
                if (octets == 0 || octets > 3) {
                    throw new IllegalArgumentException("length form not supported");
                }
                length = 0;
                for (int i = 0; i < octets; i++) {
                    length = length << 8 | der[at++] & 0xff;
                }
            }
            if (length > der.length - at) {
                throw new IllegalArgumentException("element runs past its end");
            }
            byte[] content = Arrays.copyOfRange(der, at, at + length);
            at += length;
            elements.add(new Tlv(tag, Arrays.copyOfRange(der, start, at), content));
        }
        return elements;
    }

    List<Tlv> children() {
        return readAll(content);
    }

    Tlv child(int index) {
        return children().get(index);
    }

    /** Content of a BIT STRING without its count of unused bits. */
    byte[] bits() {
        return Arrays.copyOfRange(content, 1, content.length);
    }

    /** The same bytes under another tag, as CMS wants for signed attributes. */
    byte[] retagged(int other) {
        byte[] copy = raw.clone();
        copy[0] = (byte) other;
        return copy;
    }
}
