package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OwnCasesTest {
    private final MathVerifier verifier = new MathVerifier();

    private record Case(String label, String gold, String response) {}

    private static List<Case> cases() throws IOException {
        try (InputStream file = Objects.requireNonNull(OwnCasesTest.class.getResourceAsStream("own-cases.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(fields -> new Case(fields[0], fields[1], fields[2]))
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyHandWrittenCaseGetsItsVerdict() throws IOException {
        return cases().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.gold() + " | " + one.response(),
                        () -> assertThat(verifier.verify(one.gold(), one.response()))
                                .extracting(Verification::outcome)
                                .isEqualTo(one.label().equals("equal") ? Outcome.CORRECT : Outcome.WRONG)));
    }

    @Test
    void aVerdictIsTheSameOnEveryRun() throws IOException {
        for (Case one : cases()) {
            assertThat(new MathVerifier().verify(one.gold(), one.response()))
                    .isEqualTo(verifier.verify(one.gold(), one.response()));
        }
    }

    @Test
    void verdictsOfManyThreadsAreThoseOfOne() throws IOException, InterruptedException, ExecutionException {
        List<Case> cases = cases();
        List<Verification> alone = cases.stream()
                .map(one -> verifier.verify(one.gold(), one.response()))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Verification>>> runs = new ArrayList<>();
            for (int run = 0; run < 4; run++) {
                runs.add(threads.submit(() -> cases.stream()
                        .map(one -> verifier.verify(one.gold(), one.response()))
                        .toList()));
            }
            for (Future<List<Verification>> run : runs) {
                assertThat(run.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void thereAreEnoughHandWrittenCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(400);
    }
}
