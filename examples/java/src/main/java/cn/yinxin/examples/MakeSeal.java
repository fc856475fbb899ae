package cn.yinxin.examples;

import java.io.PrintStream;
import java.time.Instant;

import cn.yinxin.Pending;
import cn.yinxin.Policy;
import cn.yinxin.Seal;
import cn.yinxin.SealSpec;

/** A seal is made for a signer, with the maker's key elsewhere. */
final class MakeSeal {
    private MakeSeal() {}

    static void run(Made made, PrintStream out) {
        Instant created = Instant.parse("2026-01-02T00:00:00Z");
        // Border and star alone: a font is yours to give.
        SealSpec spec = new SealSpec("34990000000002", "某某市示范企业有限公司", created, created,
            Instant.parse("2031-01-02T00:00:00Z")).signer(made.signer).drawRound("", null, new byte[0], 600);
        byte[] der;
        try (Pending pending = spec.prepare(made.maker)) {
            out.println("sign with " + pending.algorithm());

            // The maker's key, wherever it is.
            byte[] value = made.makerKey.sign(pending.message());

            der = pending.complete(value);
        }
        Seal seal = Seal.parse(der);
        out.println(seal.id() + " " + seal.name() + " (" + seal.layout().standard() + ")");
        out.println(seal.pictureType() + " of " + seal.widthMm() + " by " + seal.heightMm() + " mm");
        out.println(seal.validFrom() + " to " + seal.validUntil());
        out.println(Made.verdict(made.report(Policy.basic(), der)));
    }
}
