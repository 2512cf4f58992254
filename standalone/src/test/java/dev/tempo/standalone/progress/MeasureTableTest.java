package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTableTest {
    private static final String[] TWO = {"unlabeled", "holdout"};
    private static final String[] MANY = {"aime25", "aime24", "beyond-aime", "dapo", "hmmt25", "math500", "olympiad"};

    @Test
    void atEightyColumnsTheQuickstartsScoresStandInOneRowUnderTheirTitles() {
        MeasureTable table = new MeasureTable(Told.journal(Told.QUICKSTART));

        List<String> first = table.lines(Told.report(0, TWO), 80);

        assertThat(first)
                .containsExactly(
                        "                                        unlabeled         holdout       critic",
                        "                                   avg@16 pass@16  avg@16 pass@16    AUC Brier",
                        "base (v0)                           0.500   0.813   0.500   0.813  0.875 0.250");
        assertThat(table.lines(Told.report(40, TWO), 80))
                .containsExactly("test-time round 10 of 100 (v40)     0.500   0.813   0.500   0.813  0.875 0.250");
    }

    @Test
    void titlesAreWrittenAgainWhenTheWidthHasChanged() {
        MeasureTable table = new MeasureTable(Told.journal(Told.QUICKSTART));
        table.lines(Told.report(0, TWO), 80);

        assertThat(table.lines(Told.report(10, TWO), 60)).hasSize(3);
        assertThat(table.lines(Told.report(20, TWO), 60)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 30, 40, 50, 60, 70, 80, 100, 120, 200})
    void noLineIsWiderThanTheTerminal(int width) {
        for (String[] sets : List.of(TWO, MANY)) {
            MeasureTable table = new MeasureTable(Told.journal(Told.measuredOn(sets)));

            assertThat(table.lines(Told.report(130, sets), width))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120, 200})
    void theMeanAccuracyOfEverySetIsShownHoweverNarrowTheTerminal(int width) {
        MeasureTable table = new MeasureTable(Told.journal(Told.measuredOn(MANY)));

        List<String> lines = table.lines(Told.report(130, MANY), width);

        assertThat(lines).anySatisfy(line -> assertThat(line).contains("test-time round 100 of 100 (v130)"));
        assertThat(String.join("\n", lines)).contains(MANY);
        long shown = String.join(" ", lines).split("0\\.500", -1).length - 1;
        assertThat(shown).isEqualTo(MANY.length);
    }

    @Test
    void theSetThatTheRunLearnsFromComesFirstWhateverItsName() {
        MeasureTable table = new MeasureTable(Told.journal(Told.measuredOn("z-own", "a-other")));

        String groups = table.lines(Told.report(0, "z-own", "a-other"), 80).get(0);

        assertThat(groups.indexOf("z-own")).isLessThan(groups.indexOf("a-other"));
    }
}
