package cn.yinxin.examples;

import java.io.PrintStream;
import java.util.Arrays;

import cn.yinxin.Policy;
import cn.yinxin.Report;

/** A license is handed in, and then one that someone added a byte to. */
final class Verify {
    private Verify() {}

    static void run(Made made, String metadata, PrintStream out) {
        byte[] license = made.license(metadata);
        tell(made.report(Policy.basic(), license), out);

        byte[] longer = Arrays.copyOf(license, license.length + 1);
        longer[license.length] = 'x';
        out.println("with a byte more: " + Made.verdict(made.report(Policy.basic(), longer)));

        // A clerk's policy also asks what nobody has told us here.
        Report window = made.report(Policy.window(), license);
        out.println("under " + window.policy() + ": " + Made.verdict(window));
    }

    private static void tell(Report report, PrintStream out) {
        out.println(Made.verdict(report) + " under " + report.policy() + " " + report.policyVersion());
        out.println("authentic: " + report.authentic().code());
        out.println("trusted: " + report.trusted().code());
        out.println("in force: " + report.inForce().code());
        for (Report.Signature signature : report.signatures()) {
            out.println("seal: " + signature.sealName().orElse("-") + ", used " + signature.signedAt().get() + " ("
                + (signature.isTimeProven() ? "token" : "claimed") + ")");
        }
        Report.License license = report.license().get();
        out.println("license: " + license.name().orElse("-") + " " + license.identifier().orElse("-"));
    }
}
