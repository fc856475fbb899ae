package cn.yinxin.examples;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;

/** Runs one story: {@code java -jar examples.jar verify examples/data/business-license.json}. */
public final class Examples {
    private Examples() {}

    /**
     * Runs a story.
     *
     * @param arguments its name and the license's metadata
     * @throws Exception whatever goes wrong
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: examples verify|issue|make_seal|affix METADATA");
            System.exit(2);
        }
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        String metadata = new String(Files.readAllBytes(Paths.get(arguments[1])), StandardCharsets.UTF_8);
        try (Made made = new Made()) {
            switch (arguments[0]) {
                case "verify":
                    Verify.run(made, metadata, out);
                    break;
                case "issue":
                    Issue.run(made, metadata, out);
                    break;
                case "make_seal":
                    MakeSeal.run(made, out);
                    break;
                case "affix":
                    Affix.run(made, metadata, out);
                    break;
                default:
                    throw new IllegalArgumentException("no such story");
            }
        }
    }
}
