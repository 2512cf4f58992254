package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.datasets.comparison.KnownQuestions;
import dev.tempo.fixtures.Damage;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A run of two questions a round that goes on for ever, over questions that arrive. */
class ArrivingRunTest extends TinyRuns {

    @Test
    void aVersionIsThereBeforeItsQuestionsAndIsPublishedAgainWithThem() {
        try (Bench bench = new Bench().start(arriving("waits"))) {
            assertThat(bench.versions()).containsExactly(0);
            assertThat(bench.latest().questions()).isNull();
            assertThat(bench.board.describe("waits"))
                    .isEqualTo("round 0 waits for 2 more questions that nobody has asked before");
            assertThat(bench.board.awaited()).hasSize(1);
            assertThat(bench.board.isStalled("waits")).isFalse();
            bench.ask("a", "What is 1 + 1?").ask("b", "What is 1 + 2?").tick();
            assertThat(bench.versions()).containsExactly(0, 0);
            assertThat(drawn(bench.latest()).questions()).containsExactlyInAnyOrder("arrived/a", "arrived/b");
            assertThat(bench.latest().last()).isFalse();
            bench.tick();
            assertThat(bench.versions()).containsExactly(0, 0);
        }
    }

    /** The oracle is the run that nobody killed. */
    @Test
    void aRunKilledAfterEveryRowDrawsTheSameAndEndsWithTheSameWeights() {
        Run run = arriving("killed");
        try (Bench undisturbed = new Bench().start(arriving("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < 4; round++) {
                arrive(undisturbed, round);
                undisturbed.tick();
                undisturbed.write(rows(undisturbed.latest())).deliver();

                arrive(bench, round);
                bench.tick();
                for (ValuedTrajectory row : rows(bench.latest())) {
                    bench.kill();
                    bench.start();
                    assertThat(bench.latest().questions())
                            .as("what round %s draws", round)
                            .isNotNull();
                    bench.write(List.of(row)).deliver();
                }
            }
            assertThat(draws(bench)).isEqualTo(draws(undisturbed)).hasSizeGreaterThanOrEqualTo(4);
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void whatWasDrawnStaysThoughMoreArrivesAndOneOfItIsDeletedWhileTheServiceIsDown() {
        Run run = arriving("down");
        try (Bench bench = new Bench().start(run)) {
            bench.ask("a", "What is 1 + 1?")
                    .ask("b", "What is 1 + 2?")
                    .ask("c", "What is 1 + 3?")
                    .tick();
            DrawnQuestions before = drawn(bench.latest());
            bench.kill();
            for (int i = 0; i < 20; i++) {
                bench.ask("later" + i, "What is 2 + " + i + "?");
            }
            bench.delete(before.questions().get(0).substring("arrived/".length()));
            bench.start();
            assertThat(drawn(bench.latest())).isEqualTo(before);
            bench.write(rows(bench.latest())).deliver();
            assertThat(bench.latest().version()).isOne();
            assertThat(drawn(bench.latest()).questions())
                    .doesNotContain(before.questions().get(0));
            assertThat(drawn(bench.latest()).deletionsBefore()).isEqualTo(24);
        }
    }

    @Test
    void aRunThatGoesOnFromTheCheckpointBeforeKeepsWhatItHadPublished() throws IOException {
        Run run = arriving("damaged");
        try (Bench bench = new Bench().start(run)) {
            for (int round = 0; round < 3; round++) {
                arrive(bench, round);
                bench.tick();
                bench.write(rows(bench.latest())).deliver();
            }
            arrive(bench, 3);
            bench.tick();
            PolicyVersion published = bench.latest();
            assertThat(published.version()).isEqualTo(3);
            bench.kill();
            Damage.FLIPPED.to(RunDirectory.of(run).policy().checkpoint());
            arrive(bench, 9);
            bench.start();
            assertThat(bench.latest().version()).isEqualTo(2);
            bench.deliver();
            assertThat(bench.latest().version()).isEqualTo(3);
            assertThat(bench.latest().questions()).isEqualTo(published.questions());
            assertThat(bench.latest().model().sha256())
                    .isEqualTo(published.model().sha256());
        }
    }

    @Test
    void aRunThatWaitsEndsAtOnceWhenItsOperatorFinishesIt() {
        Run run = arriving("finished");
        try (Bench bench = new Bench().start(run)) {
            arrive(bench, 0);
            bench.tick();
            bench.write(rows(bench.latest())).deliver();
            assertThat(bench.latest().version()).isOne();
            assertThat(bench.latest().last()).isFalse();
            bench.submit(run.thatFinishes());
            assertThat(bench.latest().version()).isOne();
            assertThat(bench.latest().last()).isTrue();
            assertThat(RunDirectory.of(run).finalModel().resolve("model.safetensors"))
                    .exists();
            assertThat(RunDirectory.of(run).policy().stage("tempo").resolve("model.safetensors"))
                    .exists();
            bench.kill();
            bench.start();
            assertThat(bench.latest().last()).isTrue();
            assertThat(bench.board.describe("finished")).isEqualTo("complete at version 1");
        }
    }

    @Test
    void aRoundThatIsDrawnIsTheLastOneOfARunThatIsToFinish() {
        Run run = arriving("last-round");
        try (Bench bench = new Bench().start(run)) {
            arrive(bench, 0);
            bench.tick();
            bench.submit(run.thatFinishes());
            assertThat(bench.latest().last()).isFalse();
            arrive(bench, 1);
            bench.write(rows(bench.latest())).deliver();
            assertThat(bench.latest().version()).isOne();
            assertThat(bench.latest().last()).isTrue();
            assertThat(RunDirectory.of(run).policy().stage("tempo").resolve("model.safetensors"))
                    .hasSameBinaryContentAs(
                            RunDirectory.of(run).policy().version(1).resolve("model.safetensors"));
            assertThat(bench.latest().questions()).isNull();
        }
    }

    @Test
    void aRunWhoseListOfKnownQuestionsIsGoneStopsInWords() throws IOException {
        Run run = arriving("unknown");
        Files.delete(RunDirectory.of(run).knownQuestions());
        try (Bench bench = new Bench().start(run)) {
            assertThat(bench.published).isEmpty();
            assertThat(bench.board.describe("unknown"))
                    .startsWith("stopped: ")
                    .contains("known-questions.txt", "submit the run anew");
        }
    }

    private static void arrive(Bench bench, int round) {
        bench.ask("q" + round, "What is 3 + " + round + "?").ask("r" + round, "What is 4 + " + round + "?");
    }

    private static List<DrawnQuestions> draws(Bench bench) {
        List<DrawnQuestions> draws = new ArrayList<>();
        for (PolicyVersion version : bench.published) {
            DrawnQuestions drawn = version.questions();
            if (drawn != null
                    && (draws.isEmpty() || !draws.get(draws.size() - 1).equals(drawn))) {
                draws.add(drawn);
            }
        }
        return draws;
    }

    private static DrawnQuestions drawn(PolicyVersion version) {
        return Objects.requireNonNull(version.questions());
    }

    /** Both samples of each question that a version's round draws. */
    static List<ValuedTrajectory> rows(PolicyVersion version) {
        List<ValuedTrajectory> rows = new ArrayList<>();
        for (String question : drawn(version).questions()) {
            for (int sample = 0; sample < 2; sample++) {
                rows.add(Rows.valued(Rows.id(version.run(), version.version(), Purpose.UNLABELED, question, sample)));
            }
        }
        return rows;
    }

    private Run arriving(String id) {
        return arriving(id, runs.resolve(id), base);
    }

    static Run arriving(String id, Path directory, Path base) {
        Stage stage = StageBuilder.testTime("tempo")
                .rounds(Stage.UNBOUNDED)
                .questions(2, 2)
                .policy(Recipes.policy(0, false))
                .build();
        Run run = new Run(
                id,
                RunState.ACTIVE,
                RecipeBuilder.recipe(stage)
                        .seed(3)
                        .arriving(ArrivalSettings.USUAL)
                        .judges(Map.of("default", List.of("rules")))
                        .build(),
                TinyModel.reference(base),
                directory.toString(),
                null);
        new KnownQuestions().write(RunDirectory.of(run).knownQuestions());
        return run;
    }
}
