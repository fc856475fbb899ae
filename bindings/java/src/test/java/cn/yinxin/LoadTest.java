package cn.yinxin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many threads, and many calls. */
class LoadTest {
    @Test
    void sixtyFourThreadsGetOneReport() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try (Verifier verifier = Made.verifier(Policy.basic())) {
            String wanted = verifier.verify(Made.LICENSE, Made.SIGNED).json();
            List<Future<String>> answers = new ArrayList<>();
            for (int call = 0; call < 256; call++) {
                answers.add(threads.submit(() -> verifier.verify(Made.LICENSE, Made.SIGNED).json()));
            }
            for (Future<String> answer : answers) {
                assertEquals(wanted, answer.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Whoever closes while others verify frees nothing under their hands. */
    @Test
    void closingWaitsForCallsInProgress() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 20; round++) {
                Verifier verifier = Made.verifier(Policy.basic());
                List<Future<Object>> calls = new ArrayList<>();
                for (int call = 0; call < 16; call++) {
                    calls.add(threads.submit(() -> {
                        try {
                            return verifier.verify(Made.LICENSE, Made.SIGNED).outcome();
                        } catch (IllegalStateException closed) {
                            return closed.getMessage();
                        }
                    }));
                }
                verifier.close();
                for (Future<Object> call : calls) {
                    Object got = call.get();
                    assertTrue(got == Outcome.PASSED || "closed".equals(got), String.valueOf(got));
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aHundredThousandCallsLeaveNothingBehind() throws IOException {
        manyCalls(100_000);
    }

    @Test
    @Tag("long")
    void aMillionCallsLeaveNothingBehind() throws IOException {
        manyCalls(1_000_000);
    }

    /** A tenth of the calls warms up; what grows with calls would then show in the rest. */
    private static void manyCalls(int calls) throws IOException {
        byte[] small = "neither OFD nor PDF".getBytes();
        long before = 0;
        for (int call = 0; call < calls; call++) {
            if (call == calls / 10) {
                before = resident();
            }
            try (Verifier verifier = Verifier.builder(Policy.fromJson(POLICY)).build()) {
                assertEquals(Outcome.FAILED, verifier.verify(small, Made.SIGNED).outcome());
            }
        }
        long grown = resident() - before;
        System.out.println(calls + " verify/close: resident memory grew by " + grown / 1024 + " KiB");
        // A report has some 1 KiB: were one in three lost, a hundred thousand would show as 30 MiB.
        assertTrue(grown < 24L << 20, grown + " bytes");
    }

    private static final String POLICY = Policy.basic().toJson();

    private static long resident() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(Paths.get("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IllegalStateException("no VmRSS");
    }
}
