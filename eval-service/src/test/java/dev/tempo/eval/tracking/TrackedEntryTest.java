package dev.tempo.eval.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrackedEntryTest {

    @Test
    void aMeasurementHasTheNamesOfThoseWhoKnowVerl() {
        TrackedEntry entry = TrackedEntries.entry("""
                {"type":"evaluation","version":10,"at":"2026-11-28T05:00:00Z","sets":[{"set":"math/500","questions":4,"samples":16,\
                "avg":{"value":0.25},"passAt":{"8":{"value":0.5},"16":{"value":0.75}},"majority":{"value":0.125},"malformed":0.0}],\
                "critic":{"auc":0.75,"brier":0.2,"meanValue":0.3},"wallSeconds":7.5,"systemCpuSeconds":9.5}""");

        assertThat(entry.step()).isEqualTo(10);
        assertThat(entry.scalars())
                .containsOnlyKeys(
                        "tempo/eval/math/500/avg@16",
                        "val-core/math/500/acc/mean@16",
                        "tempo/eval/math/500/pass@8",
                        "val-aux/math/500/acc/best@8/mean",
                        "tempo/eval/math/500/pass@16",
                        "val-core/math/500/acc/best@16/mean",
                        "tempo/eval/math/500/maj@16",
                        "val-core/math/500/acc/maj@16/mean",
                        "tempo/eval/math/500/malformed",
                        "tempo/eval/critic/auc",
                        "tempo/eval/critic/brier",
                        "tempo/eval/critic/meanValue",
                        "tempo/eval/seconds",
                        "tempo/eval/cpu.seconds")
                .containsEntry("val-core/math/500/acc/mean@16", .25)
                .containsEntry("val-aux/math/500/acc/best@8/mean", .5);
    }

    @Test
    void aSetThatNothingIsKnownOfHasNoScores() {
        assertThat(TrackedEntries.entry(
                                "{\"type\":\"evaluation\",\"version\":1,\"sets\":[{\"set\":\"a\",\"questions\":0,"
                                        + "\"samples\":2,\"avg\":{\"value\":0.0},\"malformed\":0.5}]}")
                        .scalars())
                .containsOnlyKeys("tempo/eval/a/malformed");
    }

    @Test
    void aNumberThatNoDoubleHoldsIsNoScalar() {
        assertThat(TrackedEntries.entry(
                                "{\"type\":\"policy\",\"version\":1,\"loss\":" + "9".repeat(400) + ",\"mine\":2}")
                        .scalars())
                .containsOnlyKeys("tempo/policy/mine");
    }

    @Test
    void aCriticIsKnownByVerlsNames() {
        assertThat(TrackedEntries.entry(
                                "{\"type\":\"critic\",\"version\":2,\"recalibrated\":true,\"loss\":0.5,\"clip.fraction\":0.1,\"mine\":3}")
                        .scalars())
                .containsOnlyKeys(
                        "tempo/critic/loss",
                        "critic/vf_loss",
                        "tempo/critic/clip.fraction",
                        "critic/vf_clipfrac",
                        "tempo/critic/mine");
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        assertThat(TrackedEntries.entry(
                                "{\"type\":\"policy\",\"version\":2,\"loss\":\"NaN\",\"entropy\":null,\"stage\":\"a\"}")
                        .scalars())
                .isEmpty();
        assertThat(TrackedEntries.entry("{\"type\":\"other\",\"version\":2,\"loss\":1}")
                        .scalars())
                .isEmpty();
    }

    @Test
    void aLineFromBeforeTimesWereNotedHasItsSecondsOfTheRun() {
        assertThat(TrackedEntries.entry("{\"type\":\"policy\",\"version\":2,\"wallSeconds\":12.5}")
                        .wallTime())
                .isEqualTo(12.5);
    }

    @Test
    void thePageNamesEveryNumberWithItsEquivalents() throws IOException {
        List<String> table = Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
                .filter(line -> line.startsWith("| `tempo/"))
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1))
                .toList();

        assertThat(table)
                .containsExactlyElementsOf(ScalarName.ALL.stream()
                        .map(name -> "| `" + name.ours() + "` | " + cell(name.verl()) + " | " + cell(name.trl()) + " |")
                        .toList());
    }

    private static String cell(List<String> names) {
        return names.isEmpty()
                ? "-"
                : names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
