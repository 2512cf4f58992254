package dev.tempo.standalone.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.eval.reproduction.MethodSummary;
import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.standalone.launch.Fingerprint;
import java.nio.file.Path;
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

    private void write(PlannedRun run, int... measured) {
        List<MeasuredVersion> versions = IntStream.of(measured)
                .mapToObj(round -> new MeasuredVersion(
                        "test-time round " + round, 30 + round, round, null, null, null, Map.of(), null))
                .toList();
        new MethodSummary(
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
                        versions)
                .write(directory);
    }
}
