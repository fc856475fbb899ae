package cn.yinxin.oracle;

import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The output all oracles share: tab-separated UTF-8 lines, and an exit code that sums them up. */
final class Lines {
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private boolean failed;

    Lines() {
        // Libraries talk on System.out; results must stay alone there.
        System.setOut(System.err);
    }

    /** Work on one file that may throw anything, since the libraries do. */
    interface Work {
        void run() throws Exception;
    }

    /** Runs the work; what it throws becomes one ERROR line for that file. */
    void each(String file, Work work) {
        try {
            work.run();
        } catch (Exception | LinkageError error) {
            failed = true;
            print(file, "ERROR", reason(error));
        }
    }

    void print(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            if (line.length() > 0) {
                line.append('\t');
            }
            line.append(String.valueOf(field).replaceAll("\\p{Cntrl}+", " "));
        }
        out.println(line);
    }

    /** Prints a verdict and remembers a bad one. */
    void verdict(boolean good, Object... fields) {
        failed |= !good;
        print(fields);
    }

    /** Exit code 0 when every verdict was good, 1 otherwise. */
    void exit() {
        System.exit(failed ? 1 : 0);
    }

    static void usage(boolean right, String text) {
        if (!right) {
            System.err.println("usage: " + text);
            System.exit(2);
        }
    }

    static String reason(Throwable error) {
        String message = error.getMessage();
        return error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
