package cn.yinxin.examples;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

import cn.yinxin.AnchorRole;
import cn.yinxin.Certificate;
import cn.yinxin.Draft;
import cn.yinxin.Format;
import cn.yinxin.Key;
import cn.yinxin.Pending;
import cn.yinxin.Policy;
import cn.yinxin.Report;
import cn.yinxin.Request;
import cn.yinxin.Seal;
import cn.yinxin.SealSpec;
import cn.yinxin.Verifier;

/**
 * What the examples stand on: a root that vouches for a maker of seals and for one who signs, and a seal
 * made for the latter. A real program reads its certificates and keys from files or devices.
 */
final class Made implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2036-01-01T00:00:00Z");
    private static final Instant SEALED = Instant.parse("2026-01-02T00:00:00Z");

    private final Key rootKey = key(1);
    final Key makerKey = key(2);
    final Key signerKey = key(3);
    final Certificate root = Certificate.makeRoot("示范根", new byte[] {1}, FROM, UNTIL, rootKey);
    final Certificate maker = certificate("示范制章单位", 2, makerKey);
    final Certificate signer = certificate("某某市市场监督管理局", 3, signerKey);
    final Seal seal = new SealSpec("34990000000001", "某某市市场监督管理局", SEALED, SEALED,
        Instant.parse("2031-01-02T00:00:00Z")).signer(signer).picture(picture(), 42, 42).make(maker, makerKey);

    /** Two red pixels by two. */
    private static byte[] picture() {
        return Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEUlEQVR4nGN4xiD0H4QZYAwARhQH3Zhb"
            + "YFkAAAAASUVORK5CYII=");
    }

    static Key key(int number) {
        byte[] scalar = new byte[32];
        Arrays.fill(scalar, (byte) number);
        return Key.fromSm2Scalar(scalar);
    }

    private Certificate certificate(String name, int serial, Key key) {
        return Certificate.makeSigner(name, new byte[] {(byte) serial}, FROM, UNTIL, key, root, rootKey);
    }

    /** A service builds its verifier once and keeps it. */
    Report report(Policy policy, byte[] document) {
        try (Verifier verifier = Verifier.builder(policy).anchor(AnchorRole.SIGNER, root)
                .anchor(AnchorRole.MAKER, root).build()) {
            return verifier.verify(document, Instant.parse("2026-03-04T00:00:00Z"));
        }
    }

    byte[] license(String metadata) {
        Draft draft = new Draft(metadata, NOW);
        try (Pending pending = draft.prepare(Format.OFD, Request.affix(seal, signer, NOW))) {
            return pending.sign(signerKey);
        }
    }

    /** The outcome, and what it hangs on. */
    static String verdict(Report report) {
        return report.outcome().code() + report.headline().map(code -> ", " + code).orElse("");
    }

    @Override
    public void close() {
        rootKey.close();
        makerKey.close();
        signerKey.close();
    }
}
