package cn.yinxin;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;

/**
 * What a call from Java costs over the core, both in one process: {@code scripts/overhead java}. The report
 * is decoded in full.
 *
 * <p>One call of each, many thousand times, taking turns at going first: what else the machine does falls on
 * both alike, and the median of the differences is the face's own share. Its spread is that of the medians
 * of twenty parts of the run. An input that is refused at once shows the share that every call has.
 */
final class Overhead {
    private static final int PARTS = 20;
    private static final int PAIRS = 1_000;
    /** The compiler of the JVM needs some ten thousand calls to be done with a method. */
    private static final int WARM_UP = 20;
    /** What a call may cost beyond the core, in microseconds. */
    private static final double BOUND = 80;
    private static final Instant JUDGED = Instant.parse("2026-03-04T00:00:00Z");

    private final Verifier verifier;
    private final Function clock;
    private final byte[] document;
    private final Memory kept;
    private final double[] cores = new double[PARTS * PAIRS];
    private final double[] faces = new double[PARTS * PAIRS];
    private final double[] differences = new double[PARTS * PAIRS];

    private Overhead(Verifier verifier, byte[] document) {
        this.verifier = verifier;
        this.document = document;
        kept = new Memory(document.length);
        kept.write(0, document, 0, document.length);
        String library = System.getProperty("yinxin.library.path");
        clock = NativeLibrary.getInstance(library, Collections.emptyMap()).getFunction("yinxin_test_core_nanos");
    }

    public static void main(String[] arguments) {
        byte[] root = Made.file("bindings/small/root.der");
        byte[] sealed = Made.file("bindings/small/sealed.ofd");
        boolean within = true;
        try (Verifier verifier = Verifier.builder(Policy.basic()).anchors(AnchorRole.SIGNER, root)
                .anchors(AnchorRole.MAKER, root).build()) {
            if (verifier.verify(sealed, JUDGED).outcome() != Outcome.PASSED) {
                throw new IllegalStateException("the small document does not pass");
            }
            within &= new Overhead(verifier, sealed).measure("small OFD");
            within &= new Overhead(verifier, "no license".getBytes()).measure("refused");
        }
        if (!within) {
            System.out.printf("more than %.0f us%n", BOUND);
            System.exit(1);
        }
    }

    private boolean measure(String name) {
        for (int part = 0; part < WARM_UP; part++) {
            part(0);
        }
        double[] medians = new double[PARTS];
        for (int part = 0; part < PARTS; part++) {
            part(part * PAIRS);
            medians[part] = median(Arrays.copyOfRange(differences, part * PAIRS, (part + 1) * PAIRS));
        }
        Arrays.sort(medians);
        double over = median(differences);
        System.out.printf(Locale.ROOT, "Java: %s, %d bytes: core %.1f us, face %.1f us, over the core %.2f us "
            + "(parts %.2f to %.2f; least against least %.2f)%n", name, document.length, median(cores),
            median(faces), over, medians[0], medians[PARTS - 1], faces[0] - cores[0]);
        return over <= BOUND;
    }

    private void part(int from) {
        for (int pair = from; pair < from + PAIRS; pair++) {
            if (pair % 2 == 0) {
                cores[pair] = core();
                faces[pair] = face();
            } else {
                faces[pair] = face();
                cores[pair] = core();
            }
            differences[pair] = faces[pair] - cores[pair];
        }
    }

    /** Microseconds of the core alone, by its own clock. */
    private double core() {
        return verifier.handle().use(it -> clock.invokeLong(
            new Object[] {it, kept, (long) document.length, JUDGED.getEpochSecond()})) / 1e3;
    }

    private double face() {
        long begun = System.nanoTime();
        Outcome outcome = verifier.verify(document, JUDGED).outcome();
        long taken = System.nanoTime() - begun;
        if (outcome == Outcome.INDETERMINATE) {
            throw new IllegalStateException("neither of the documents is judged so");
        }
        return taken / 1e3;
    }

    /** Sorts them, too. */
    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
