package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.messaging.NotYetException;
import dev.tempo.messaging.Wire;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.runs.PromotionFiles;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyShelfTest {
    @TempDir
    static Path folder;

    private static ModelReference one;
    private static ModelReference other;

    private final PolicyShelf shelf = new PolicyShelf(1, GenerationLimits.standard(), WeightType.FLOAT32);

    @BeforeAll
    static void twoModels() {
        one = Samples.model(folder.resolve("one"));
        other = Samples.model(folder.resolve("other"));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void versionsBeyondTheCapacityAreLoadedAgain() {
        for (ModelReference reference : List.of(one, other, one)) {
            try (PolicyShelf.Loan loan = shelf.lend(reference)) {
                assertThat(loan.policy().policy().config().layers()).isPositive();
                assertThat(shelf.loaded()).containsExactly(reference.uri());
            }
        }
    }

    @Test
    void aVersionInUseStaysAndTheNextOneWaits() throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try {
            PolicyShelf.Loan lent = shelf.lend(one);
            Future<List<String>> next = waiting.submit(() -> {
                try (PolicyShelf.Loan second = shelf.lend(other)) {
                    return shelf.loaded();
                }
            });
            assertThatThrownBy(() -> next.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(shelf.loaded()).containsExactly(one.uri());
            shelf.lend(one).close();
            lent.close();

            assertThat(next.get()).containsExactly(other.uri());
        } finally {
            waiting.shutdown();
        }
    }

    @Test
    void aTokenizerThatIsNotWhatWasWrittenIsWaitedForByName() throws IOException {
        Path newest = folder.resolve("run/policy/v00003");
        ModelReference written = Samples.model(newest);
        new ModelDirectory(newest).noteFiles();
        Path tokenizer = newest.resolve("tokenizer.json");
        byte[] whole = Files.readAllBytes(tokenizer);
        Files.writeString(tokenizer, " ", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> shelf.lend(written))
                .isInstanceOf(NotYetException.class)
                .hasMessageContaining(tokenizer + " has SHA-256 ");
        assertThat(shelf.problem())
                .hasValueSatisfying(words ->
                        assertThat(words).endsWith("it is waited for until policy-service has written it again"));
        Files.write(tokenizer, whole);
        shelf.lend(written).close();
        assertThat(shelf.problem()).isEmpty();
    }

    /** eval-service deletes the copy once the trial is decided; a request of it that comes again must hold up nobody. */
    @Test
    void aCopyIsWaitedForWhileItIsTriedOrPromotedAndNoLonger() throws IOException {
        Path run = folder.resolve("promoting");
        Path copy = Files.createDirectories(run).resolve("promoted/v00016");
        ModelReference tried = new ModelReference(copy.toUri().toString(), "0".repeat(64));
        PromotionFiles files = new RunDirectory(run).promotions().takeOver(1);
        announce(files, 0, 15, PromotionOutcome.PROMOTED, tried);

        assertThatThrownBy(() -> shelf.lend(tried)).as("on trial").isInstanceOf(NotYetException.class);

        announce(files, 1, 16, PromotionOutcome.WORSE, tried);

        assertThatThrownBy(() -> shelf.lend(tried))
                .as("the trial is over")
                .isInstanceOf(UnanswerableException.class)
                .hasMessageContaining("v00016");

        announce(files, 2, 16, PromotionOutcome.PROMOTED, tried);
        assertThatThrownBy(() -> shelf.lend(tried)).as("served").isInstanceOf(NotYetException.class);

        ModelReference givenUp =
                new ModelReference(copy.resolveSibling("v00014").toUri().toString(), "0".repeat(64));
        assertThatThrownBy(() -> shelf.lend(givenUp))
                .as("tried, but a later version was decided in its place")
                .isInstanceOf(UnanswerableException.class);

        for (int number = 3; number < 3 + PromotionFiles.KEPT; number++) {
            announce(files, number, 14 + number, PromotionOutcome.PROMOTED, tried);
        }
        assertThatThrownBy(() -> shelf.lend(tried))
                .as("promoted, and " + PromotionFiles.KEPT + " later ones")
                .isInstanceOf(UnanswerableException.class);
    }

    private static void announce(
            PromotionFiles files, int number, int version, PromotionOutcome outcome, ModelReference model) {
        files.announce(
                number,
                Wire.write(new Promotion(
                        "r", number, version, outcome, null, model, 0, 0, List.of(), null, "because", files.token())));
    }
}
