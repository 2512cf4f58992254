package dev.tempo.standalone.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.eval.reproduction.Ablation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationPlanTest {
    private static final Path QUICKSTART = Path.of("../recipes/quickstart.yaml");

    @TempDir
    private Path directory;

    private List<PlannedRun> planned(String... names) {
        return new AblationPlan(QUICKSTART, directory).all(List.of(0L, 1L), Ablation.named(List.of(names)), 7);
    }

    @Test
    void everyVariantIsARecipeWithTheWorldsOwnStage1AndWhatIsInSeveralIsRunOnce() {
        List<PlannedRun> all = planned(Ablation.EVERY);

        assertThat(all)
                .extracting(PlannedRun::method)
                .contains("tempo", "frozen", "rehearsed", "labels-50", "calibration-mixed", "least-of-6")
                .hasSize(2 * 21);
        assertThat(all.stream().map(run -> run.seed() + run.method())).doesNotHaveDuplicates();
        assertThat(all.subList(0, 4))
                .as("what every variant is held against, then one variant after the other")
                .extracting(run -> run.method() + " " + run.seed())
                .containsExactly("tempo 0", "tempo 1", "labels-50 0", "labels-50 1");
        assertThat(Ablation.named(List.of("labels", " all"))).isEqualTo(Ablation.ALL);
        Stage first = all.get(0).recipe().stages().get(0);
        assertThat(all).allSatisfy(run -> {
            assertThat(run.rounds()).isEqualTo(7);
            assertThat(run.world()).isEqualTo("quickstart");
            assertThat(run.recipe().stages().get(0)).isEqualTo(first);
        });
    }

    @Test
    void aVariantChangesWhatItSaysAndNothingElse() {
        Stage tempo = last("tempo", "value-index");

        assertThat(last("every-4", "recalibration").recalibration())
                .extracting(RecalibrationSettings::every)
                .isEqualTo(4);
        assertThat(last("until-brier-05", "recalibration").recalibration())
                .extracting(RecalibrationSettings::repeat)
                .isEqualTo(new RepeatSettings(.05, 4));
        assertThat(last("value-after", "value-index").advantage().baseline()).isEqualTo(Baseline.AFTER);
        assertThat(last("unwhitened", "whitening").advantage().whitening()).isFalse();
        assertThat(last("rehearsal-05", "rehearsal").policy().rehearsal()).isEqualTo(.05);
        assertThat(last("least-of-3", "reward").lastValues()).isEqualTo(3);
        assertThat(last("least-of-3", "reward").policy()).isEqualTo(tempo.policy());
        assertThat(last("least-of-3", "reward").recalibration()).isEqualTo(tempo.recalibration());
    }

    @Test
    void fewerQuestionsThanAnEStepDrawsHaveMoreResponsesEach() {
        PlannedRun fifty = run("labels-50", "labels");
        fifty.ownData().run();

        assertThat(LabeledQuestions.read(
                                Objects.requireNonNull(fifty.recipe().data().labeled()))
                        .stream()
                        .filter(row -> row.split().belongsTo(QuestionSource.LABELED_CALIBRATION)))
                .hasSize(50);
        RecalibrationSettings draw =
                Objects.requireNonNull(last("labels-50", "labels").recalibration());
        assertThat(draw.questionsFrom()).isEqualTo(QuestionSource.LABELED_CALIBRATION);
        assertThat(draw.questions()).isEqualTo(50);
        assertThat(draw.samples()).isEqualTo(5);
        assertThat(last("labels-100", "labels").recalibration())
                .extracting(RecalibrationSettings::questions, RecalibrationSettings::samples)
                .containsExactly(64, 4);
    }

    @Test
    void aWorldWithoutAnEStepHasNothingToChange() {
        Path votes = Path.of("../recipes/quickstart-ttrl.yaml");

        assertThatThrownBy(() ->
                        new AblationPlan(votes, directory).all(List.of(0L), Ablation.named(List.of("reward")), null))
                .hasMessageStartingWith("ablations change the E-step of TEMPO's last stage, which ");
    }

    @Test
    void aWorldThatMakesNoQuestionsHasAllAblationsButThatOfTheirDistribution() {
        AblationPlan words = new AblationPlan(Path.of("../recipes/words.yaml"), directory);

        assertThat(Ablation.ALL.stream().filter(words::has).map(Ablation::name))
                .containsExactly("labels", "recalibration", "value-index", "whitening", "rehearsal", "reward");
        assertThat(words.all(List.of(0L), Ablation.named(List.of("recalibration")), 1))
                .extracting(PlannedRun::method)
                .contains("frozen", "every-8", "hold-brier-10");
        assertThatThrownBy(() -> words.all(List.of(0L), Ablation.named(List.of("distribution")), 1))
                .hasMessageContaining("only worlds of the quickstart can make more questions");
    }

    private PlannedRun run(String method, String ablation) {
        return planned(ablation).stream()
                .filter(run -> run.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    private Stage last(String method, String ablation) {
        List<Stage> stages = run(method, ablation).recipe().stages();
        return stages.get(stages.size() - 1);
    }
}
