package cn.yinxin.examples;

import java.io.PrintStream;
import java.util.Arrays;

import cn.yinxin.Draft;
import cn.yinxin.Format;
import cn.yinxin.Key;
import cn.yinxin.Pending;
import cn.yinxin.Policy;
import cn.yinxin.Report;
import cn.yinxin.Request;
import cn.yinxin.YinxinException;

/** A seal is put on a document in two phases, with the key in a device that gives r and s side by side. */
final class Affix {
    private Affix() {}

    static void run(Made made, String metadata, PrintStream out) {
        Draft draft = new Draft(metadata, "standard-portrait", Made.NOW);
        for (Format format : Format.values()) {
            String name = format.name().toLowerCase();
            byte[] document = draft.document(format);
            Request request = Request.affix(made.seal, made.signer, Made.NOW).at(0, 150, 240);
            // What is stored holds neither key nor document.
            byte[] stored;
            try (Pending pending = request.prepare(document)) {
                stored = pending.toBytes();
            }

            byte[] other = Arrays.copyOf(document, document.length + 1);
            other[document.length] = '\n';
            try (Pending mistaken = Pending.fromBytes(stored, other)) {
                throw new IllegalStateException("taken");
            } catch (YinxinException refused) {
                out.println(name + ": another document: " + refused.code().code());
            }

            try (Pending pending = Pending.fromBytes(stored, document)) {
                byte[] sealed = pending.complete(device(made.signerKey, pending.message()));
                Report report = made.report(Policy.basic(), sealed);
                out.println(name + ": sealed, seals: " + report.signatures().size() + ", " + Made.verdict(report));
            }
        }
    }

    /** Signs as hardware does, without DER: each number in 32 bytes. */
    private static byte[] device(Key key, byte[] message) {
        byte[] der = key.sign(message);
        byte[] raw = new byte[64];
        int at = 2;
        for (int end = 32; end <= 64; end += 32) {
            int length = Math.min(der[at + 1], 32);
            int next = at + 2 + der[at + 1];
            System.arraycopy(der, next - length, raw, end - length, length);
            at = next;
        }
        return raw;
    }
}
