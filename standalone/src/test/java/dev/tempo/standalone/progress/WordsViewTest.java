package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsViewTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private int width = 80;
    private Instant now = Instant.EPOCH;
    private final WordsView plain = new WordsView(Screen.plain(out), false, () -> now);
    private final WordsView live = new WordsView(Screen.live(out, () -> width), false, () -> now);

    @Test
    void whereOutputIsNoTerminalThereAreLinesAndNoEscapeCodes() {
        tellAll(plain);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("starting the broker", "base (v0)", "stage1 round 1 of 30", "stopping ...", "stopped; go on")
                .doesNotContain("\u001b", "\r");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120})
    void noLineOfATerminalIsWiderThanIt(int columns) {
        width = columns;
        tellAll(live);

        assertThat(shown().lines())
                .filteredOn(line -> !line.contains("/runs/r/logs") && !line.startsWith("stop"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    }

    @Test
    void theLiveLineFollowsTheTerminalsWidth() {
        begin(live, Told.QUICKSTART);
        live.published(Told.version(41, Map.of()));
        live.measured(Told.report(40, "unlabeled", "holdout"));
        printed.reset();
        live.draw();
        assertThat(shown()).contains("test-time round 12 of 100 [#", "unlabeled avg@16 0.500");

        width = 30;
        printed.reset();
        live.draw();
        assertThat(shown()).doesNotContain("avg@16").contains("test-time round 12 of 100");
    }

    @Test
    void whatIsBeingStartedIsSaidWhileItStarts() {
        begin(live, Told.QUICKSTART);
        printed.reset();
        live.underWay("starting services (2 of 5 up): critic, policy, eval");

        assertThat(shown()).contains("starting services (2 of 5 up) | critic, policy, eval | 0:00");
    }

    @Test
    void theAccuracyIsThatOfTheRunsOwnSetWhateverItsName() {
        begin(live, Told.measuredOn("my-questions", "another"));
        live.published(Told.version(0, Map.of()));
        live.measured(Told.report(0, "my-questions", "another"));
        printed.reset();
        live.draw();

        assertThat(shown()).contains("my-questions avg@16 0.500");
    }

    @Test
    void everyNumberIsExplainedInALineAtTheStart() {
        begin(plain, Told.QUICKSTART);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("  round ", "  unlabeled ", "  holdout ", "  avg@16 ", "  pass@16 ", "  AUC ", "  Brier ")
                .contains("  tokens/s ", "--explain");
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .as("one line each at 80 columns")
                .filteredOn(line -> line.startsWith("   "))
                .isEmpty();
    }

    @Test
    void atLengthEveryNumberHasAParagraph() {
        begin(new WordsView(Screen.plain(out), true, () -> now), Told.QUICKSTART);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("  AUC: ", "(v130)", "--version v130", "critic's");
    }

    @Test
    void stoppingIsSaidAtOnceAndOnlyWhileThereIsSomethingToStop() {
        begin(live, Told.QUICKSTART);
        live.stopping();
        assertThat(shown()).contains("stopping ...");

        live.stopped("r");
        printed.reset();
        live.stopping();
        live.draw();

        assertThat(shown()).isEmpty();
    }

    @Test
    void aRoundThatTrainedNothingGetsALineWithWhatBecameOfItsRows() {
        begin(plain, Told.QUICKSTART);
        printed.reset();
        plain.published(Told.version(7, Map.of("undecided", 4, "failed", 2, "gradient", 0)));
        plain.published(Told.version(8, Map.of("undecided", 0, "failed", 2, "gradient", 4)));
        plain.published(Told.version(9, Map.of()));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("stage1 round 7 of 30 (v7) is as before")
                .contains("{failed=2, gradient=0, undecided=4}");
    }

    @Test
    void aVersionThatTrainingWentBackForGetsALine() {
        begin(plain, Told.QUICKSTART);
        printed.reset();
        plain.published(Told.wentBack(7, 4));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("stage1 round 7 of 30 (v7) went back to v4");
    }

    private void tellAll(WordsView view) {
        view.underWay("starting the broker (Kafka)");
        begin(view, Told.QUICKSTART);
        view.published(Told.version(0, Map.of()));
        view.measured(Told.report(0, "unlabeled", "holdout"));
        for (int sample = 1; sample < 4; sample++) {
            now = now.plusSeconds(40);
            view.refresh(1000 * sample, sample == 2 ? "judge-service: " + "no answer ".repeat(20) : null);
            view.draw();
        }
        view.stopping();
        view.stopped("r");
        view.close();
    }

    private static void begin(WordsView view, Recipe recipe) {
        view.begin(Told.run(recipe), Told.journal(recipe), Path.of("/runs/r/logs"), "http://127.0.0.1:8085");
    }

    /** What was shown, one line for each time that a line was written over. */
    private String shown() {
        return printed.toString(StandardCharsets.UTF_8)
                .replace("\r\u001b[2K", "\n")
                .replace("\u001b[1A", "");
    }
}
