package cn.yinxin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Instant;
import java.util.Arrays;

/** A made-up world: a root, a maker, a signer, a seal. */
final class Made {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant SEALED = Instant.parse("2026-01-02T00:00:00Z");
    static final Instant SIGNED = Instant.parse("2026-03-02T01:00:00Z");
    static final Instant END = Instant.parse("2036-01-01T00:00:00Z");
    static final String OFFICE = "某某市市场监督管理局";

    static final Key ROOT_KEY = key(1);
    static final Key MAKER_KEY = key(2);
    static final Key SIGNER_KEY = key(3);
    static final Certificate ROOT = Certificate.makeRoot("示范根", new byte[] {1}, BEGIN, END, ROOT_KEY);
    static final Certificate MAKER = signer("示范制章单位", 2, MAKER_KEY);
    static final Certificate SIGNER = signer(OFFICE, 3, SIGNER_KEY);
    static final SealSpec SPEC =
        new SealSpec("34990000000001", OFFICE, SEALED, SEALED, Instant.parse("2031-01-02T00:00:00Z"))
            .signer(SIGNER).drawRound("", null, new byte[0], 600);
    static final Seal SEAL = SPEC.make(MAKER, MAKER_KEY);
    static final byte[] LICENSE = license(Format.OFD);

    private Made() {}

    static Key key(int number) {
        byte[] scalar = new byte[32];
        Arrays.fill(scalar, (byte) number);
        return Key.fromSm2Scalar(scalar);
    }

    private static Certificate signer(String name, int serial, Key key) {
        return Certificate.makeSigner(name, new byte[] {(byte) serial}, BEGIN, END, key, ROOT, ROOT_KEY);
    }

    static Verifier verifier(Policy policy) {
        return Verifier.builder(policy).anchor(AnchorRole.SIGNER, ROOT).anchor(AnchorRole.MAKER, ROOT).build();
    }

    static byte[] license(Format format) {
        try (Pending pending = draft().prepare(format, Request.affix(SEAL, SIGNER, SIGNED))) {
            return pending.sign(SIGNER_KEY);
        }
    }

    static Draft draft() {
        return new Draft(metadata(), SIGNED);
    }

    static String metadata() {
        return new String(file("examples/data/business-license.json"), StandardCharsets.UTF_8);
    }

    static byte[] file(String name) {
        Path path = Paths.get(System.getProperty("yinxin.repository")).resolve(name);
        try {
            return Files.readAllBytes(path);
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }
}
