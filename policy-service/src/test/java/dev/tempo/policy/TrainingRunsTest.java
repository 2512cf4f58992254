package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Run;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.model.directory.ModelDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingRunsTest extends TinyRuns {
    @Test
    void aNewRunPublishesItsBaseAsVersionZero() {
        Run run = run("a");
        try (Bench bench = new Bench().start(run)) {
            assertThat(bench.published).singleElement().satisfies(version -> {
                assertThat(version.version()).isZero();
                assertThat(version.model()).isEqualTo(run.base());
                assertThat(version.stage()).isEqualTo("stage1");
                assertThat(version.statistics()).isEmpty();
                assertThat(version.last()).isFalse();
            });
        }
    }

    @Test
    void aClosedRoundMakesTheNextVersionWithItsMeasurements() {
        Run run = run("a");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            PolicyVersion version = bench.latest();
            assertThat(version.version()).isOne();
            assertThat(version.roundOfStage()).isOne();
            assertThat(version.statistics())
                    .containsOnlyKeys(
                            "loss",
                            "approx.kl",
                            "clip.fraction",
                            "gradient.norm",
                            "entropy",
                            "reward.mean",
                            "advantage.mean.abs",
                            "logprob.gap",
                            "response.tokens",
                            "response.cut",
                            "reward.deviation");
            assertThat(version.rows()).isEqualTo(Map.of("gradient", 6, "failed", 0, "undecided", 0));
            assertThat(version.model().sha256()).isNotEqualTo(run.base().sha256());
            new ModelDirectory(Path.of(URI.create(version.model().uri())))
                    .verify(version.model().sha256());
        }
    }

    @Test
    void rowsThatNoRoundAwaitsChangeNothing() {
        Run run = run("a");
        try (Bench undisturbed = new Bench().start(run("b"));
                Bench bench = new Bench().start(run)) {
            undisturbed.write(rows(run("b"), 0)).deliver();
            List<ValuedTrajectory> rows = rows(run, 0);
            TrajectoryId first = rows.get(0).trajectory().id();
            List<ValuedTrajectory> poison = List.of(
                    Rows.valued(first.request().sample(99)),
                    Rows.valued(Rows.id("a", 4, Purpose.LABELED, "q", 0)),
                    Rows.valued(Rows.id("a", 0, Purpose.EVALUATION, "q", 0)),
                    new ValuedTrajectory(
                            rows.get(0).trajectory(), 3, rows.get(0).values(), 1.0, null),
                    new ValuedTrajectory(rows.get(0).trajectory(), 0, Values.of(), 1.0, null));
            bench.write(rows.subList(0, 5)).deliver();
            for (ValuedTrajectory bad : poison) {
                assertThatThrownBy(() -> bench.write(List.of(bad)).deliver()).isInstanceOf(RefusedException.class);
            }
            // of a question that was not drawn: a round knows how many there are, but not which
            bench.write(List.of(Rows.valued(Rows.id("a", 0, Purpose.LABELED, "nowhere", 0))))
                    .deliver();
            bench.write(rows.subList(5, rows.size())).deliver();

            assertThat(bench.latest().version()).isOne();
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void aQuestionThatWasNotDrawnTakesNoOthersPlaceThoughAllOfItComesFirst() {
        try (Bench undisturbed = new Bench().start(run("b"));
                Bench bench = new Bench().start(run("a"))) {
            for (int round = 0; round < 3; round++) {
                undisturbed.write(rows(run("b"), round)).deliver();
                if (round == 2) {
                    for (int sample = 0; sample < 2; sample++) {
                        ValuedTrajectory foreign = Rows.valued(Rows.id("a", 2, Purpose.UNLABELED, "nowhere", sample));
                        assertThatThrownBy(() -> bench.write(List.of(foreign)).deliver())
                                .isInstanceOf(RefusedException.class)
                                .hasMessageContaining("nowhere")
                                .hasMessageContaining("is of no purpose or question that round 2 awaits");
                    }
                }
                bench.write(rows(run("a"), round)).deliver();
            }
            assertThat(bench.latest().version()).isEqualTo(3);
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void theLastVersionSaysThatTheRunEnds() {
        Run run = run("a");
        try (Bench bench = finished(run)) {
            assertThat(bench.versions()).containsExactly(0, 1, 2, 3, 4);
            assertThat(bench.latest().last()).isTrue();
            assertThat(bench.latest().stage()).isEqualTo("tempo");
            assertThat(bench.latest().roundOfStage()).isEqualTo(2);
            assertThat(bench.board.describe("a")).isEqualTo("complete at version 4");
        }
    }

    @Test
    void theRunsNameChangesNoWeight() {
        try (Bench first = finished(run("a"));
                Bench second = finished(run("another"))) {
            assertThat(second.weights()).isEqualTo(first.weights());
        }
    }

    @Test
    void aStageFromTheCacheGoesOnWithTheSameWeights() {
        Run whole = run("a");
        Run cut = run("b");
        try (Bench full = finished(whole)) {
            Path stage = runs.resolve("a/stages/stage1/policy");
            Run later = new Run(
                    cut.run(),
                    cut.state(),
                    cut.recipe(),
                    cut.base(),
                    cut.directory(),
                    new StageStart(2, TinyModel.reference(stage), cut.base(), "a", "f"));
            try (Bench bench = new Bench().start(later)) {
                assertThat(bench.latest().version()).isEqualTo(2);
                assertThat(bench.latest().stage()).isEqualTo("tempo");
                for (int round = 2; round < 4; round++) {
                    bench.write(rows(later, round)).deliver();
                }
                assertThat(bench.weights())
                        .isEqualTo(Map.of(
                                2, full.weights().get(2),
                                3, full.weights().get(3),
                                4, full.weights().get(4)));
            }
        }
    }

    @Test
    void aConstantCriticGivesNoMovement() {
        Run run = Recipes.run("b", runs.resolve("b"), base, Recipes.tempo(1));
        try (Bench bench = new Bench().start(run)) {
            for (ValuedTrajectory row : rows(run, 0)) {
                bench.write(List.of(Rows.constant(row.trajectory().id(), 0.25f)));
            }
            bench.deliver();
            assertThat(bench.latest().version()).isOne();
            assertThat(bench.latest().statistics().get("advantage.mean.abs")).isZero();
            assertThat(bench.latest().model().sha256()).isEqualTo(run.base().sha256());
        }
    }

    @Test
    void aRoundWithoutGradientPublishesTheSameWeightsAndIsCounted() {
        Run run = run("b");
        try (Bench bench = new Bench().start(run)) {
            List<ValuedTrajectory> rows = rows(run, 0);
            for (int row = 0; row < rows.size(); row++) {
                TrajectoryId id = rows.get(row).trajectory().id();
                bench.write(List.of(row < 2 ? Rows.failed(id) : Rows.undecided(id)));
            }
            bench.deliver();
            assertThat(bench.latest().version()).isOne();
            assertThat(bench.latest().model().sha256()).isEqualTo(run.base().sha256());
            assertThat(bench.latest().rows()).isEqualTo(Map.of("gradient", 0, "failed", 2, "undecided", 4));
            assertThat(bench.meters.counter("tempo.policy.rounds.unchanged").count())
                    .isOne();
        }
    }

    @Test
    void labeledRowsAreAwaitedInTheRoundsThatRecalibrate() {
        Run run = Recipes.run("b", runs.resolve("b"), base, Recipes.tempo(2, Recipes.policy(0, true)));
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            assertThat(bench.versions()).containsExactly(0);
            assertThat(bench.board.describe("b")).startsWith("round 0 waits for 6 labeled rows of valued-trajectories");
            for (int row = 0; row < 6; row++) {
                bench.write(List.of(Rows.valued(Rows.id("b", 0, Purpose.LABELED, "l" + row / 3, row % 3))));
            }
            bench.deliver();
            assertThat(bench.latest().version()).isOne();
            assertThat(bench.latest().rows()).containsEntry("gradient", 12);
            bench.write(rows(run, 1)).deliver();
            assertThat(bench.latest().last()).isTrue();
        }
    }

    @Test
    void versionsThatNobodyReadsAreDeleted() {
        Run run = Recipes.run("b", runs.resolve("b"), base, Recipes.tempo(5));
        try (Bench bench = finished(run)) {
            assertThat(bench.latest().version()).isEqualTo(5);
            assertThat(runs.resolve("b/policy").toFile().list())
                    .containsExactlyInAnyOrder("v00003", "v00004", "v00005");
        }
    }
}
