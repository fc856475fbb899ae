package cn.yinxin.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.time.Instant;

import cn.yinxin.CheckCode;
import cn.yinxin.Environment;
import cn.yinxin.Policy;
import cn.yinxin.Report;
import cn.yinxin.TrustState;
import cn.yinxin.Verifier;
import cn.yinxin.YinxinException;

/** Two provinces on one trust list: each vouches for its own licenses, and for no others'. */
final class Trust {
    private static final Instant ISSUED = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant JUDGED = Instant.parse("2026-03-04T00:00:00Z");

    private Trust() {}

    static void run(String data, PrintStream out) throws IOException {
        Path folder = Paths.get(data);
        byte[] first = Files.readAllBytes(folder.resolve("list-1.json"));
        byte[] second = Files.readAllBytes(folder.resolve("list-2.json"));
        byte[] own = Files.readAllBytes(folder.resolve("own.ofd"));

        byte[] root = Files.readAllBytes(folder.resolve("root.json"));
        TrustState pinned = TrustState.pin(root, Environment.TEST, ISSUED);
        // Kept between runs, so that nobody can slip in an older list.
        byte[] stored = pinned.install(first, ISSUED).install(second, ISSUED).toBytes();
        TrustState state = TrustState.fromBytes(stored);
        out.println("list " + state.listVersion() + " of " + state.name() + ": " + state.freshness(JUDGED));
        try {
            state.install(first, ISSUED);
        } catch (YinxinException refused) {
            out.println("an older list: " + refused.code().code());
        }

        try (Verifier verifier = Verifier.builder(Policy.window()).trust(state).build()) {
            tell("sealed in its own province", verifier.verify(own, JUDGED), out);
            byte[] other = Files.readAllBytes(folder.resolve("other.ofd"));
            tell("sealed in another province", verifier.verify(other, JUDGED), out);
            tell("forty days later", verifier.verify(own, JUDGED.plus(Duration.ofDays(40))), out);
        }
    }

    /** What the list makes of a license. */
    private static void tell(String words, Report report, PrintStream out) {
        out.println(words + ": the list is " + report.trustFreshness());
        CheckCode[] wanted = {CheckCode.AUTHORITY_MAKER, CheckCode.AUTHORITY_ISSUER, CheckCode.AUTHORITY_SCOPE};
        for (CheckCode code : wanted) {
            report.checks().stream().filter(check -> check.code() == code).findFirst()
                .ifPresent(check -> out.println("  " + code.code() + ": " + check.outcome().code()));
        }
    }
}
