package dev.tempo.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    Path directory;

    @Test
    void everyRunShowsWhereItsLastStageBeganAndWhereItEnded() {
        String table = new Comparison(List.of(run("tempo", 0, .76), run("ttrl", 0, .41))).table(true);

        assertThat(table.lines().filter(line -> line.startsWith("| tempo")).toList())
                .containsExactly(
                        "| tempo, before | 0.230 [0.20, 0.26] | 0.790 |",
                        "| tempo, final | 0.760 [0.73, 0.79] | 0.850 |");
        assertThat(table).contains("| unlabeled | avg@16 | pass@16 |", "| ttrl, final | 0.410");
    }

    @Test
    void seedsAreNamedOnlyWhereTheyDiffer() {
        assertThat(new Comparison(List.of(run("tempo", 0, .7), run("tempo", 1, .8))).table(false))
                .contains("tempo s0, final", "tempo s1, final");
        assertThat(new Comparison(List.of(run("tempo", 1, .7))).table(false)).doesNotContain(" s1");
    }

    @Test
    void aScoreThatOneRunLacksIsADash() {
        Summary without =
                new Summary("r", "short", 0, List.of(stage("final", 10, Map.of("unlabeled", Map.of("avg16", .5)))));

        assertThat(new Comparison(List.of(run("tempo", 0, .7), without)).table(true))
                .contains("| short, final | 0.500 | - |");
    }

    @Test
    void theComparisonHasAPictureForEachScore() {
        new Comparison(List.of(run("tempo", 0, .76), run("ttrl", 0, .41))).write(directory);

        assertThat(directory.resolve("compare.md"))
                .content()
                .contains("(unlabeled-avg16.svg)", "(unlabeled-pass16.svg)");
        assertThat(directory.resolve("unlabeled-avg16.svg")).content().contains(">tempo<", ">ttrl<");
        assertThat(directory.resolve("unlabeled-pass16.svg")).isNotEmptyFile();
    }

    @Test
    void columnsAreAligned() {
        List<String> lines = new Comparison(List.of(run("tempo", 0, .76)))
                .table(false)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).indexOf("pass@16")).isEqualTo(lines.get(1).indexOf("0.790"));
        assertThat(lines.get(2).indexOf("0.850")).isEqualTo(lines.get(1).indexOf("0.790"));
    }

    private static Summary run(String recipe, long seed, double end) {
        return new Summary(
                recipe + seed,
                recipe,
                seed,
                List.of(
                        stage("base", 0, scores(.15, .7)),
                        stage("stage1", 30, scores(.23, .79)),
                        stage("round-60", 90, scores(.6, .8)),
                        stage("final", 130, scores(end, .85))));
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
        return new Summary.StageSummary(name, version, version, sets, null, version, version, null);
    }
}
