package cn.yinxin.examples;

import java.io.PrintStream;

import cn.yinxin.Draft;
import cn.yinxin.Format;
import cn.yinxin.Key;
import cn.yinxin.Pending;
import cn.yinxin.Policy;
import cn.yinxin.Report;
import cn.yinxin.Request;
import cn.yinxin.YinxinException;

/** A license is issued over night: what is to be signed leaves the house, the value comes back. */
final class Issue {
    private Issue() {}

    static void run(Made made, String metadata, PrintStream out) {
        Draft draft = new Draft(metadata, Made.NOW);
        for (Format format : Format.values()) {
            String name = format.name().toLowerCase();
            byte[] stored;
            byte[] message;
            try (Pending pending = draft.prepare(format, Request.affix(made.seal, made.signer, Made.NOW))) {
                stored = pending.toBytes();
                message = pending.message();
                out.println(name + ": sign with " + pending.algorithm() + ", digest of " + pending.digest().length
                    + " bytes");
            }

            // Wherever the key is.
            byte[] value = made.signerKey.sign(message);

            try (Pending resumed = draft.resume(format, stored); Key stranger = Made.key(4)) {
                try {
                    resumed.complete(stranger.sign(message));
                } catch (YinxinException refused) {
                    out.println(name + ": another key's value: " + refused.code().code());
                }
                Report report = made.report(Policy.basic(), resumed.complete(value));
                String identifier = report.license().get().identifier().orElse("-");
                out.println(name + ": " + identifier + " " + Made.verdict(report));
            }
        }
    }
}
