package cn.yinxin;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Writes the report of every vector in a folder that {@code YINXIN_VECTORS} made, a line each, into a file
 * of one's choice: {@code Replay FOLDER FILE}. It reads no more of the vectors than a program in C does.
 */
final class Replay {
    private final Path folder;

    private Replay(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        Replay replay = new Replay(Paths.get(arguments[0]));
        // Not the standard output, whose encoding is the machine's.
        try (BufferedWriter reports = Files.newBufferedWriter(Paths.get(arguments[1]))) {
            for (String line : Files.readAllLines(replay.folder.resolve("replay.tsv"))) {
                reports.write(replay.report(line.split("\t")).json());
                reports.write('\n');
            }
        }
    }

    private Report report(String[] fields) {
        Verifier.Builder builder = Verifier.builder(Policy.fromJson(fields[2]));
        each(fields[4], file -> builder.anchors(AnchorRole.SIGNER, file));
        each(fields[5], file -> builder.anchors(AnchorRole.MAKER, file));
        each(fields[6], file -> builder.anchors(AnchorRole.TSA, file));
        each(fields[7], builder::signerCertificates);
        each(fields[8], builder::crls);
        Instant at = Instant.parse(fields[3]);
        try (Verifier verifier = builder.build()) {
            return fields[1].equals("-") ? verifier.verify(read(fields[0]), at)
                : verifier.verifyDetached(read(fields[0]), read(fields[1]), at);
        }
    }

    private void each(String names, Consumer<byte[]> use) {
        if (!names.equals("-")) {
            for (String name : names.split(",")) {
                use.accept(read(name));
            }
        }
    }

    private byte[] read(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }
}
