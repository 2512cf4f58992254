package dev.tempo.standalone.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.eval.reproduction.Method;
import dev.tempo.eval.reproduction.MethodSummary;
import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.standalone.launch.Fingerprint;
import dev.tempo.standalone.progress.LaterRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedRunTest {
    private static final String BASE = "0".repeat(64);

    @TempDir
    private Path directory;

    private static PlannedRun planned(int rounds) {
        return PlannedRun.all(Path.of("../recipes/quickstart.yaml"), List.of(0L), List.of("tempo"), rounds)
                .get(0);
    }

    @Test
    void aRunOfMoreRoundsCountsForOneOfFewerThatItWasMeasuredAfter() {
        write(planned(40), 0, 10, 20, 30, 40);

        assertThat(planned(40).known(List.of(directory), BASE)).isPresent();
        assertThat(planned(20).known(List.of(directory.resolve("none"), directory), BASE))
                .hasValueSatisfying(summary -> assertThat(summary.rounds()).isEqualTo(40));
        assertThat(planned(15).known(List.of(directory), BASE)).isEmpty();
        assertThat(planned(50).known(List.of(directory), BASE)).isEmpty();
    }

    @Test
    void aWorldHasThoseMethodsOfWhichARecipeStandsBesideItsOwn() {
        Path quickstart = Path.of("../recipes/quickstart.yaml");

        assertThat(PlannedRun.among(Method.USUAL, quickstart))
                .containsExactly("tempo", "rehearsed", "ttrl", "empo", "frozen", "continued");
        assertThat(PlannedRun.among(Method.ALL, quickstart)).endsWith("scrl", "ttrl-guard", "em-rl");
        assertThat(PlannedRun.among(Method.ALL, Path.of("../recipes/words.yaml")))
                .containsExactly("tempo", "rehearsed", "ttrl", "frozen");
    }

    @Test
    void aSuiteKnowsWhatItsRunsWillTakeFromThoseThatAreFinished() {
        List<PlannedRun> runs =
                PlannedRun.all(Path.of("../recipes/quickstart.yaml"), List.of(0L, 1L), List.of("tempo", "frozen"), 40);
        SuitePace pace = new SuitePace();
        pace.begun(runs.get(0));

        assertThat(pace.left(runs.subList(1, 4)))
                .as("40 rounds, and with the other seed's 30 of stage 1 twice 40 more")
                .isEqualTo(new LaterRuns(Duration.ZERO, 40 + 30 + 40 + 40));
        pace.finished(finished(runs.get(0), 80.0));
        pace.begun(runs.get(1));
        assertThat(pace.left(runs.subList(2, 4))).isEqualTo(new LaterRuns(Duration.ofSeconds(2 * 70 + 2 * 40), 0));
        pace.finished(finished(runs.get(1), 40.0));
        assertThat(pace.left(runs.subList(2, 4))).isEqualTo(new LaterRuns(Duration.ofSeconds(2 * 70 + 40), 0));
    }

    @Test
    void aRunOfAnotherBaseRecipeOrMethodCountsForNone() {
        write(planned(40), 0, 40);

        assertThat(planned(40).known(List.of(directory), "1".repeat(64))).isEmpty();
        PlannedRun frozen = PlannedRun.all(Path.of("../recipes/quickstart.yaml"), List.of(0L), List.of("frozen"), 40)
                .get(0);
        assertThat(frozen.known(List.of(directory), BASE)).isEmpty();
    }

    @Test
    void summariesOfAnotherRecipeArePutAsideWhereARunIsComputedAnew() {
        write(planned(40), 0, 40);
        write(planned(60), 0, 40, 60);

        planned(40).putAside(directory, BASE);
        assertThat(planned(40).known(List.of(directory), BASE)).isPresent();

        planned(40).putAside(directory, "1".repeat(64));
        assertThat(MethodSummary.written(directory, "quickstart", "tempo", 0)).isEmpty();
        assertThat(directory.resolve("quickstart-tempo-s0-r60.json.of-another-recipe"))
                .isRegularFile();
    }

    /** @param seconds of its last stage */
    private static MethodSummary finished(PlannedRun run, double seconds) {
        return summary(
                run,
                List.of(
                        new MeasuredVersion("start", 30, 0, 0.0, null, null, Map.of(), null),
                        new MeasuredVersion(
                                "end", 30 + run.rounds(), run.rounds(), seconds, null, null, Map.of(), null)));
    }

    private void write(PlannedRun run, int... measured) {
        summary(
                        run,
                        IntStream.of(measured)
                                .mapToObj(round -> new MeasuredVersion(
                                        "test-time round " + round,
                                        30 + round,
                                        round,
                                        null,
                                        null,
                                        null,
                                        Map.of(),
                                        null))
                                .toList())
                .write(directory);
    }

    private static MethodSummary summary(PlannedRun run, List<MeasuredVersion> versions) {
        return new MethodSummary(
                1,
                run.world(),
                run.method(),
                run.seed(),
                Fingerprint.ofRecipe(run.recipe(), BASE),
                "quickstart-s0",
                run.rounds(),
                null,
                List.of(),
                null,
                null,
                versions);
    }
}
