package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.standalone.recipe.RecipeFile;
import dev.tempo.standalone.report.RunJournal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ProgressView view = new ProgressView(
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            false,
            new RunJournal("r", RecipeFile.read(Path.of("..", "recipes", "quickstart.yaml"), null)));

    @Test
    void aRoundThatTrainedNothingGetsALineWithWhatBecameOfItsRows() {
        view.trained(version(Map.of("undecided", 4, "failed", 2, "gradient", 0)));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("round 6 changed nothing")
                .contains("{failed=2, gradient=0, undecided=4}");
    }

    @Test
    void otherRoundsGetNone() {
        view.trained(version(Map.of("undecided", 0, "failed", 2, "gradient", 4)));
        view.trained(version(Map.of()));

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static PolicyVersion version(Map<String, Integer> rows) {
        ModelReference model = new ModelReference("file:/runs/r/policy", "0".repeat(64));
        return new PolicyVersion("r", 7, model, "stage1", 7, false, Map.of(), rows, 12, 3);
    }
}
