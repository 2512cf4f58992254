package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RunState;
import dev.tempo.contract.RunSubmitted;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.model.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunsTest {
    @TempDir
    static Path models;

    static Path base;

    @TempDir
    Path runs;

    @BeforeAll
    static void writeModel() {
        base = TinyModel.write(models.resolve("base"));
    }

    @Test
    void aNewRunPublishesItsBaseAsVersionZero() {
        RunSubmitted run = run("a");
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
        RunSubmitted run = run("a");
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
                            "logprob.gap");
            assertThat(version.rows()).isEqualTo(Map.of("gradient", 6, "failed", 0, "undecided", 0));
            assertThat(version.model().sha256()).isNotEqualTo(run.base().sha256());
            new ModelDirectory(Path.of(java.net.URI.create(version.model().uri())))
                    .verify(version.model().sha256());
        }
    }

    @Test
    void theLastVersionSaysThatTheRunEnds() {
        RunSubmitted run = run("a");
        try (Bench bench = finished(run)) {
            assertThat(bench.versions()).containsExactly(0, 1, 2, 3, 4);
            assertThat(bench.latest().last()).isTrue();
            assertThat(bench.latest().stage()).isEqualTo("tempo");
            assertThat(bench.latest().roundOfStage()).isEqualTo(2);
            assertThat(bench.board.describe(bench.board.standings().get("a"))).isEqualTo("complete at version 4");
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
    void aRunKilledAfterEveryRowEndsWithTheSameWeights() {
        RunSubmitted run = run("killed");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                for (ValuedTrajectory row : rows(run, round)) {
                    bench.write(List.of(row)).deliver();
                    bench.kill();
                    bench.start().deliver();
                }
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void aRunKilledBetweenVersionAndCheckpointMakesTheSameVersionAgain() throws Exception {
        RunSubmitted run = run("killed");
        RunFiles files = new RunFiles(runs.resolve("killed"));
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                byte[] before = Files.readAllBytes(files.checkpoint());
                bench.write(rows(run, round)).deliverUntil(bench.topic.size() - 1);
                bench.deliverAndLosePublication();
                bench.kill();
                Files.write(files.checkpoint(), before);
                bench.start();
                assertThat(bench.latest().version()).isEqualTo(round);
                bench.deliver();
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void aRunKilledBetweenCheckpointAndPublicationPublishesWhatItHad() {
        RunSubmitted run = run("killed");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                bench.write(rows(run, round)).deliverUntil(bench.topic.size() - 1);
                bench.deliverAndLosePublication();
                assertThat(bench.latest().version()).isEqualTo(round);
                bench.kill();
                bench.start().deliver();
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
            assertThat(bench.latest().statistics())
                    .isEqualTo(undisturbed.latest().statistics());
            assertThat(bench.latest().rows()).isEqualTo(undisturbed.latest().rows());
        }
    }

    @Test
    void duplicatesAndAnotherOrderChangeNothing() {
        RunSubmitted run = run("b");
        try (Bench ordered = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                List<ValuedTrajectory> rows = new ArrayList<>(rows(run, round));
                java.util.Collections.reverse(rows);
                bench.write(rows.subList(0, 4));
                bench.write(rows.subList(1, 3));
                bench.write(List.of(Rows.constant(rows.get(0).trajectory().id(), 9)));
                bench.write(rows).write(rows).deliver();
            }
            assertThat(bench.versions()).containsExactly(0, 1, 2, 3, 4);
            assertThat(bench.weights()).isEqualTo(ordered.weights());
        }
    }

    @Test
    void rowsOfALaterRoundAreNotLostEvenWhenTheTrainerDies() {
        RunSubmitted run = run("early");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            List<ValuedTrajectory> next = rows(run, 1);
            bench.write(next.subList(0, 3)).write(rows(run, 0)).deliver();
            assertThat(bench.latest().version()).isOne();
            bench.kill();
            bench.start().write(next.subList(3, 6)).deliver();
            assertThat(bench.latest().version()).isEqualTo(2);
            assertThat(bench.latest().model())
                    .extracting(ModelReference::sha256)
                    .isEqualTo(undisturbed.weights().get(2));
        }
    }

    @Test
    void runsDoNotDisturbEachOther() {
        RunSubmitted one = run("one");
        RunSubmitted two = run("two");
        try (Bench alone = finished(run("a"));
                Bench bench = new Bench().start(one, two)) {
            for (int round = 0; round < one.recipe().rounds(); round++) {
                List<ValuedTrajectory> rows = rows(one, round);
                bench.write(rows.subList(0, 2)).write(rows(two, round)).deliver();
                bench.kill();
                bench.start().write(rows.subList(2, 6)).deliver();
            }
            assertThat(bench.published.stream()
                            .filter(PolicyVersion::last)
                            .map(PolicyVersion::run)
                            .distinct())
                    .containsExactlyInAnyOrder("one", "two");
            assertThat(bench.weights()).isEqualTo(alone.weights());
        }
    }

    @Test
    void aPausedRunTakesNoRowAndReadsThemAgainWhenItGoesOn() {
        RunSubmitted run = run("b");
        try (Bench bench = new Bench().start(run)) {
            List<ValuedTrajectory> rows = rows(run, 0);
            bench.write(rows.subList(0, 4)).deliver();
            bench.submit(run.withState(RunState.PAUSED));
            bench.write(rows.subList(4, 6)).deliver();
            assertThat(bench.versions()).containsExactly(0);
            assertThat(bench.board.standings()).isEmpty();
            bench.submit(run);
            bench.deliver();
            assertThat(bench.versions()).containsExactly(0, 0, 1);
        }
    }

    @Test
    void aFinishedRunIsNotBegunWhenTheServiceStarts() {
        RunSubmitted run = run("b").withState(RunState.FINISHED);
        try (Bench bench = new Bench().start(run)) {
            assertThat(bench.published).isEmpty();
            assertThat(runs.resolve("b")).doesNotExist();
        }
    }

    @Test
    void aStageFromTheCacheGoesOnWithTheSameWeights() {
        RunSubmitted whole = run("a");
        RunSubmitted cut = run("b");
        try (Bench full = finished(whole)) {
            Path stage = runs.resolve("a/stages/stage1/policy");
            RunSubmitted later = new RunSubmitted(
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
        RunSubmitted run = Recipes.run("b", runs.resolve("b"), base, Recipes.tempo(1));
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
        RunSubmitted run = run("b");
        try (Bench bench = new Bench().start(run)) {
            List<ValuedTrajectory> rows = rows(run, 0);
            for (int row = 0; row < rows.size(); row++) {
                var id = rows.get(row).trajectory().id();
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
    void aLossThatIsNotFiniteStopsTheRunBeforeAnythingIsPublished() {
        RunSubmitted run = run("b");
        RunSubmitted healthy = run("a");
        try (Bench bench = new Bench().start(run, healthy)) {
            bench.write(rows(run, 0).subList(0, 5));
            ValuedTrajectory last = rows(run, 0).get(5);
            float[] values = last.values().toArray();
            values[2] = Float.NaN;
            bench.write(List.of(Rows.valued(last.trajectory(), Values.of(values), 1)));
            bench.write(rows(healthy, 0)).deliver();
            assertThat(bench.published).noneMatch(version -> version.run().equals("b") && version.version() > 0);
            assertThat(runs.resolve("b/policy/v00001")).doesNotExist();
            assertThat(bench.latest().run()).isEqualTo("a");
            var health = new PolicyHealth(bench.board).health();
            assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
            assertThat(health.getDetails().get("run b")).asString().startsWith("stopped: round 0, mini-batch 0: ");
        }
    }

    @Test
    void aBaseWithOtherContentIsRefused() {
        RunSubmitted right = run("b");
        RunSubmitted wrong = new RunSubmitted(
                right.run(),
                right.state(),
                right.recipe(),
                new ModelReference(right.base().uri(), "0".repeat(64)),
                right.directory(),
                null);
        try (Bench bench = new Bench().start(wrong)) {
            assertThat(bench.published).isEmpty();
            assertThat(bench.board.describe(bench.board.standings().get("b")))
                    .startsWith("stopped: ")
                    .contains("model.safetensors");
        }
    }

    @Test
    void twoTrainersNeverShareACheckpoint() {
        RunSubmitted run = run("b");
        try (Bench first = new Bench().start(run);
                Bench second = new Bench().start(run)) {
            assertThat(second.published).isEmpty();
            assertThat(second.board.anyLocked()).isTrue();
            first.write(rows(run, 0)).deliver();
            first.kill();
            second.retry();
            assertThat(second.versions()).containsExactly(1);
            assertThat(second.weights().get(1)).isEqualTo(first.weights().get(1));
            assertThat(second.board.anyLocked()).isFalse();
        }
    }

    @Test
    void versionsThatNobodyReadsAreDeleted() {
        RunSubmitted run = Recipes.run("b", runs.resolve("b"), base, Recipes.tempo(5));
        try (Bench bench = finished(run)) {
            assertThat(bench.latest().version()).isEqualTo(5);
            assertThat(runs.resolve("b/policy").toFile().list())
                    .containsExactlyInAnyOrder("v00003", "v00004", "v00005");
        }
    }

    @Test
    void theSecondsOfARunSurviveARestart() {
        RunSubmitted run = run("b");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            PolicyVersion before = bench.latest();
            bench.kill();
            bench.start().write(rows(run, 1)).deliver();
            assertThat(before.wallSeconds()).isPositive();
            assertThat(bench.latest().wallSeconds()).isGreaterThan(before.wallSeconds());
            assertThat(bench.latest().cpuSeconds()).isGreaterThanOrEqualTo(before.cpuSeconds());
        }
    }

    @Test
    void labeledRowsAreAwaitedInTheRoundsThatRecalibrate() {
        RunSubmitted run = Recipes.run("b", runs.resolve("b"), base, Recipes.tempo(2, Recipes.policy(0, true)));
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            assertThat(bench.versions()).containsExactly(0);
            assertThat(bench.board.describe(bench.board.standings().get("b")))
                    .startsWith("round 0 waits for 6 labeled rows of valued-trajectories");
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

    private RunSubmitted run(String id) {
        return Recipes.run(id, runs.resolve(id), base, Recipes.supervised(2), Recipes.tempo(2));
    }

    private static List<ValuedTrajectory> rows(RunSubmitted run, int round) {
        return Rows.ofRound(run.run(), run.recipe(), round);
    }

    private static Bench finished(RunSubmitted run) {
        Bench bench = new Bench().start(run);
        for (int round = 0; round < run.recipe().rounds(); round++) {
            bench.write(rows(run, round)).deliver();
        }
        return bench;
    }
}
