package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    @TempDir
    Path directory;

    @Test
    void everyRunShowsWhereItsLastStageBeganAndWhereItEnded() {
        String table = comparison(run("tempo", 0, .76), run("ttrl", 0, .41)).markdown();

        assertThat(table.lines().filter(line -> line.startsWith("| tempo")).toList())
                .containsExactly(
                        "| tempo, stage1 round 30 of 30 (v30) | 0.230 [0.20, 0.26] | 0.790 |",
                        "| tempo, test-time round 100 of 100 (v130) | 0.760 [0.73, 0.79] | 0.850 |");
        assertThat(table)
                .contains("| unlabeled | avg@16 | pass@16 |", "| ttrl, test-time round 100 of 100 (v130) | 0.410");
    }

    @Test
    void seedsAreNamedOnlyWhereTheyDiffer() {
        assertThat(comparison(run("tempo", 0, .7), run("tempo", 1, .8)).table(80))
                .contains("tempo s0, test-time round 100", "tempo s1, test-time round 100");
        assertThat(comparison(run("tempo", 1, .7)).table(80)).doesNotContain(" s1");
    }

    @Test
    void aScoreThatOneRunLacksIsADash() {
        Summary without = new Summary(
                "r",
                "short",
                0,
                null,
                List.of(stage("test-time round 10 of 10", 10, Map.of("unlabeled", Map.of("avg16", .5)))));

        assertThat(comparison(run("tempo", 0, .7), without).markdown())
                .contains("| short, test-time round 10 of 10 (v10) | 0.500 | - |");
    }

    @Test
    void theComparisonHasAPictureForEachScore() {
        comparison(run("tempo", 0, .76), run("ttrl", 0, .41)).write(directory);

        assertThat(directory.resolve("compare.md"))
                .content()
                .contains("(unlabeled-avg16.svg)", "(unlabeled-pass16.svg)");
        assertThat(directory.resolve("unlabeled-avg16.svg")).content().contains(">tempo<", ">ttrl<");
        assertThat(directory.resolve("unlabeled-pass16.svg")).isNotEmptyFile();
    }

    @Test
    void columnsEndAtOnePlace() {
        List<String> lines = comparison(run("tempo", 0, .76))
                .table(80)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(lines).hasSize(5).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        int end = lines.get(0).indexOf("pass@16") + "pass@16".length();
        assertThat(lines.get(1)).endsWith("0.790").hasSize(end);
        assertThat(lines.get(3)).endsWith("0.850").hasSize(end);
        assertThat(lines.get(2).strip()).as("the interval below its score").isEqualTo("0.20-0.26");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120})
    void noLineIsWiderThanTheTerminalAndNoScoreIsLost(int width) {
        String table = comparison(run("tempo", 0, .76), run("ttrl", 0, .41)).table(width);

        assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
        assertThat(table).contains("0.230", "0.790", "0.760", "0.410", "0.850");
    }

    @Test
    void runsOfOneRecipeAreToldApartByTheirIds() {
        Comparison comparison = new Comparison(List.of(
                compared("monday", Measured.QUICKSTART, .5, 1), compared("tuesday", Measured.QUICKSTART, .5, 1)));

        assertThat(comparison.legend(80).lines())
                .containsExactly(
                        "monday: run monday, recipe tempo, seed 0",
                        "tuesday: run tuesday, recipe tempo, seed 0",
                        "their recipes are the same");
        assertThat(comparison.table(120)).contains("monday, test-time round 100", "tuesday, test-time round 100");
    }

    @Test
    void theFieldsInWhichRecipesDifferAreNamed() {
        Recipe more = Measured.QUICKSTART;
        Recipe other = new Recipe(
                more.name(),
                7,
                "/elsewhere/seed7/base",
                more.training(),
                more.data(),
                more.evaluation(),
                more.generation(),
                more.judges(),
                more.stages());
        String legend = new Comparison(List.of(compared("a", more, .5, 1), compared("b", other, .5, 1))).legend(80);

        assertThat(legend)
                .contains("seed: " + more.seed() + " | 7\n", "| …/seed7/base\n")
                .doesNotContain("stages");
    }

    @Test
    void aDifferenceIsTakenQuestionByQuestionWhereTheSameWereAsked() {
        ComparedRun first = compared("a", Measured.QUICKSTART, .25, .5);
        ComparedRun better = compared("b", Measured.QUICKSTART, .5, .75);
        ComparedRun mixed = compared("c", Measured.QUICKSTART, .5, .25);
        ComparedRun elsewhere = new ComparedRun(better.summary(), null, Map.of("unlabeled", "another file"), null);

        assertThat(new Comparison(List.of(first, better)).table(200))
                .contains("b against a on unlabeled: +0.250 [+0.250, +0.250] over 2 questions\n");
        assertThat(new Comparison(List.of(first, mixed)).table(200))
                .contains("+0.000 [-0.250, +0.250] over 2 questions: no difference is shown");
        assertThat(new Comparison(List.of(first, elsewhere)).table(200)).contains("not the same questions");
    }

    @Test
    void whereASetIsTooLongForASummaryItsQuestionsAreReadFromTheirFile() {
        assertThat(new Comparison(List.of(ofManyQuestions("a", .25, .5), ofManyQuestions("b", .5, .75))).table(200))
                .contains("b against a on unlabeled: +0.250 [+0.250, +0.250] over 2 questions\n");
    }

    /** A run whose summary lists no question. */
    private ComparedRun ofManyQuestions(String id, double one, double two) {
        Path file = directory.resolve(id + ".jsonl");
        MeasuredQuestion.write(file, lines -> {
            lines.accept(new MeasuredQuestion("unlabeled", "unlabeled/q1", one, Map.of(), null, List.of()));
            lines.accept(new MeasuredQuestion("unlabeled", "unlabeled/q2", two, Map.of(), null, List.of()));
            lines.accept(new MeasuredQuestion("other", "other/q1", 1.0, Map.of(), null, List.of()));
        });
        Summary summary = new Summary(
                id,
                "tempo",
                0,
                null,
                List.of(stage("test-time round 100 of 100", 130, Map.of("unlabeled", Map.of("avg16", .5)))));
        return new ComparedRun(summary, Measured.QUICKSTART, Map.of("unlabeled", "hash of the file"), file);
    }

    /** A run of the recipe's that ends with these shares of right samples on its two questions. */
    private static ComparedRun compared(String id, Recipe recipe, double one, double two) {
        Map<String, Object> end = new java.util.LinkedHashMap<>();
        end.put("avg16", (one + two) / 2);
        end.put("avgByQuestion", Map.of("q1", one, "q2", two));
        Summary summary = new Summary(
                id, "tempo", 0, null, List.of(stage("test-time round 100 of 100", 130, Map.of("unlabeled", end))));
        return new ComparedRun(summary, recipe, Map.of("unlabeled", "hash of the file"), null);
    }

    private static Comparison comparison(Summary... runs) {
        return new Comparison(Arrays.stream(runs)
                .map(run -> new ComparedRun(run, null, Map.of(), null))
                .toList());
    }

    private static Summary run(String recipe, long seed, double end) {
        return new Summary(
                recipe + seed,
                recipe,
                seed,
                null,
                List.of(
                        new Summary.StageSummary("base", null, 0, 0, scores(.15, .7), null, 0, 0, null),
                        stage("stage1 round 30 of 30", 30, scores(.23, .79)),
                        stage("test-time round 60 of 100", 90, scores(.6, .8)),
                        stage("test-time round 100 of 100", 130, scores(end, .85))));
    }

    private static Map<String, Map<String, Object>> scores(double average, double pass) {
        Map<String, Object> scores = new java.util.LinkedHashMap<>();
        scores.put("avg16", average);
        scores.put("pass16", pass);
        scores.put("malformed", 0.0);
        scores.put("intervals", Map.of("avg16", List.of(average - .03, average + .03)));
        return Map.of("unlabeled", scores);
    }

    private static Summary.StageSummary stage(String name, int version, Map<String, Map<String, Object>> sets) {
        String[] words = name.split(" ");
        return new Summary.StageSummary(
                name, words[0], Integer.parseInt(words[2]), version, sets, null, version, version, null);
    }
}
