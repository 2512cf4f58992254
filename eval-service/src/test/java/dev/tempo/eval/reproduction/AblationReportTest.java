package dev.tempo.eval.reproduction;

import static dev.tempo.eval.reproduction.SummaryBuilder.aSummary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.eval.reproduction.AblationReport.Comparison;
import dev.tempo.eval.reproduction.AblationReport.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationReportTest {
    @TempDir
    private Path directory;

    private static List<MethodSummary> summaries() {
        List<MethodSummary> summaries = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            summaries.add(aSummary("tempo", seed)
                    .distances(.5, .25)
                    .at(0, 1, 1, 1, 1)
                    .at(10, 2, 2, 2, 2)
                    .build());
            summaries.add(aSummary("rehearsed", seed)
                    .at(0, 1, 1, 1, 1)
                    .at(10, 3, 3, 3, 3)
                    .build());
            summaries.add(aSummary("rehearsal-20", seed)
                    .at(0, 1, 1, 1, 1)
                    .at(10, 1, 3, 1 + seed, 2)
                    .build());
            summaries.add(aSummary("every-8", seed)
                    .at(0, 1, 1, 1, 1)
                    .at(10, 1, 1, 1, 0)
                    .build());
            summaries.add(aSummary("calibration-like", seed)
                    .distances(.25, .25)
                    .at(0, 1, 1, 1, 1)
                    .at(10, 2, 2, 2, 2)
                    .build());
        }
        return summaries;
    }

    @Test
    void aVariantIsPairedWithTempoOverQuestionsAndSeeds() {
        List<Comparison> comparisons = new AblationReport(summaries()).comparisons();

        assertThat(comparisons.stream().collect(Collectors.toMap(Comparison::method, Comparison::effect)))
                .containsEntry("rehearsed", Effect.HELPS)
                .containsEntry("rehearsal-20", Effect.UNDECIDED)
                .containsEntry("every-8", Effect.HURTS)
                .containsEntry("calibration-like", Effect.UNDECIDED)
                .hasSize(4);
        Comparison rehearsed = comparisons.stream()
                .filter(each -> each.method().equals("rehearsed"))
                .findFirst()
                .orElseThrow();
        // one of four samples more, in every question of every seed
        assertThat(rehearsed)
                .isEqualTo(new Comparison(
                        "rehearsal",
                        "rehearsed",
                        "TEMPO, rehearsed",
                        List.of(0L, 1L, 2L),
                        10,
                        .25,
                        .25,
                        .25,
                        Effect.HELPS));
    }

    @Test
    void theReportSaysItOfEveryAblationThatWasRunAndOfNoOther() throws IOException {
        List<Path> files = new AblationReport(summaries()).write(directory);

        assertThat(files).containsExactly(directory.resolve("ablations.html"), directory.resolve("ablations.md"));
        String text = Files.readString(files.get(1));
        assertThat(text)
                .contains(
                        "## How much of the base model's corpus is to be rehearsed?",
                        "| rehearsal | TEMPO, rehearsed | +0.250<br>+0.250 to +0.250 | helps | seeds 0-2, round 10 |",
                        "| TEMPO | 0.500 | - | - |",
                        "## Do labeled questions have to be like those without labels?",
                        "which are of one distribution, it is 0.25.")
                .doesNotContain("whitened", "NaN");
        assertThat(directory.resolve("ablations/rehearsal-accuracy.svg"))
                .content()
                .contains(">TEMPO<", ">TEMPO, rehearsed<", ">weight .2<");
        assertThat(Files.readString(files.get(0))).contains("600 like them", "<svg");
    }

    @Test
    void withoutTempoThereIsNothingToCompareWith() {
        List<MethodSummary> alone = summaries().stream()
                .filter(summary -> !summary.method().equals("tempo"))
                .toList();

        assertThatThrownBy(() -> new AblationReport(alone))
                .hasMessage("there is no ablation to report on: it needs TEMPO and a variant of it");
    }

    @Test
    void anAblationThatThereIsNotIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> Ablation.named(List.of("rehearsal", "colour")))
                .hasMessage("there is no ablation 'colour'; there are labels, distribution, recalibration, value-index,"
                        + " whitening, rehearsal, reward, and all");
    }
}
