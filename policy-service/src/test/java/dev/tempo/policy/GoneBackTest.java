package dev.tempo.policy;

import static dev.tempo.contract.PromotionOutcome.PROMOTED;
import static dev.tempo.contract.PromotionOutcome.UNDECIDED;
import static dev.tempo.contract.PromotionOutcome.WORSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.fixtures.Damage;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.TrainerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training that goes back to the promoted version after two that were found worse. */
class GoneBackTest extends TinyRuns {
    /** Of the versions from 1 on: the fourth has what the first had, and so has the seventh. */
    private static final List<PromotionOutcome> OUTCOMES =
            List.of(PROMOTED, WORSE, WORSE, UNDECIDED, WORSE, WORSE, PROMOTED);

    private static final int ROUNDS = 8;

    @Override
    Run run(String id) {
        return run(id, 2, null, Recipes.tempo(ROUNDS));
    }

    private Run run(String id, @Nullable Integer goBackAfter, @Nullable Training training, Stage... stages) {
        return Recipes.goingBack(Recipes.run(id, runs.resolve(id), base, stages), goBackAfter, training);
    }

    private static TrainerFiles files(Run run) {
        return RunDirectory.of(run).policy();
    }

    /** Goes through the rounds; each version's trial ends once the rows of its round are here. */
    private static Bench finished(Run run, Bench bench) {
        bench.start(run).conclude(run, 0, PROMOTED);
        for (int round = 0; round < ROUNDS; round++) {
            bench.write(rows(run, round)).deliver();
            if (round > 0) {
                bench.conclude(run, round, OUTCOMES.get(round - 1));
            }
        }
        return bench;
    }

    @Test
    void twoFailuresBringBackWeightsAndMomentsOfThePromotedVersionUnderANewNumber() {
        Run run = run("back");
        try (Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            bench.write(rows(run, 0)).deliver();
            String promoted = SavedState.of(files(run).checkpoint());
            bench.conclude(run, 1, PROMOTED).write(rows(run, 1)).deliver();
            bench.conclude(run, 2, WORSE).write(rows(run, 2)).deliver();
            assertThat(SavedState.of(files(run).checkpoint())).isNotEqualTo(promoted);
            bench.write(rows(run, 3)).deliver().conclude(run, 3, WORSE);
            assertThat(bench.versions()).containsExactly(0, 1, 2, 3, 4);
            assertThat(bench.weights().get(4)).isEqualTo(bench.weights().get(1));
            assertThat(SavedState.of(files(run).checkpoint())).isEqualTo(promoted);
            PolicyVersion back = bench.latest();
            assertThat(back.wentBackTo()).isOne();
            assertThat(back.statistics()).isEmpty();
            assertThat(back.rows()).containsExactlyEntriesOf(Map.of("dropped", 6));
            assertThat(back.trainedNothing()).isFalse();
            assertThat(back.taughtNothing()).isTrue();
            assertThat(bench.meters.get("tempo.policy.returns").counter().count())
                    .isOne();
        }
    }

    @Test
    void trainingGoesOnFromThereAndMayGoBackAgain() {
        Run run = run("back");
        try (Bench bench = finished(run, new Bench())) {
            Map<Integer, String> weights = bench.weights();
            assertThat(weights).hasSize(ROUNDS + 1);
            assertThat(weights.get(5)).isNotEqualTo(weights.get(2)).isNotEqualTo(weights.get(4));
            assertThat(weights.get(7)).isEqualTo(weights.get(4)).isEqualTo(weights.get(1));
            assertThat(bench.published.stream().map(PolicyVersion::wentBackTo))
                    .containsExactly(null, null, null, null, 1, null, null, 1, null);
        }
    }

    @Test
    void aRoundWaitsForTheTrialOfItsVersionAndSaysForWhom() {
        Run run = run("back");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            assertThat(bench.versions()).as("the first version is not tried").containsExactly(0, 1);
            bench.write(rows(run, 1)).write(rows(run, 1).subList(2, 4)).deliver();
            bench.tick();
            assertThat(bench.versions()).containsExactly(0, 1);
            assertThat(bench.board.describe("back"))
                    .isEqualTo("round 1 waits for the trial of version 1 for promotion");
            assertThat(bench.board.awaited()).extracting(Awaited::from).containsExactly("eval-service");
            assertThat(bench.board.stalledRuns()).isZero();
            bench.conclude(run, 0, PROMOTED).conclude(run, 1, UNDECIDED);
            assertThat(bench.versions()).containsExactly(0, 1, 2);
            assertThat(bench.board.describe("back")).startsWith("round 2 waits for 6 unlabeled");
        }
    }

    @Test
    void onlyVersionsThatAreTriedAreWaitedFor() {
        Run run = Recipes.goingBack(Recipes.run("back", runs.resolve("back"), base, Recipes.tempo(ROUNDS)), 1, null, 2);
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).write(rows(run, 1)).write(rows(run, 2)).deliver();
            assertThat(bench.versions()).containsExactly(0, 1, 2);
            bench.conclude(run, 0, PROMOTED).conclude(run, 2, WORSE);
            assertThat(bench.latest().wentBackTo()).isZero();
            bench.write(rows(run, 3)).deliver();
            assertThat(bench.versions()).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void withoutTheSettingNothingWaitsAndNoBitChanges() {
        Run with = run("with");
        Run without = run("without", null, null, Recipes.tempo(ROUNDS));
        try (Bench bench = new Bench().start(without);
                Bench plain =
                        new Bench().start(Recipes.run("plain", runs.resolve("plain"), base, Recipes.tempo(ROUNDS)));
                Bench waits = new Bench().start(with)) {
            for (int round = 0; round < 3; round++) {
                bench.write(rows(without, round)).deliver();
                bench.conclude(without, round, round == 0 ? PROMOTED : WORSE);
                plain.write(Rows.ofRound("plain", without.recipe(), round)).deliver();
                waits.write(rows(with, round)).deliver().conclude(with, round, PROMOTED);
            }
            assertThat(bench.weights()).isEqualTo(plain.weights()).isEqualTo(waits.weights());
            assertThat(files(without).checkpoint().resolveSibling("promoted-v00001-checkpoint.safetensors"))
                    .doesNotExist();
            assertThat(files(with).checkpoint().resolveSibling("promoted-v00002-checkpoint.safetensors"))
                    .exists();
        }
    }

    @Test
    void aRunThatNothingWasPromotedInGoesBackToTheVersionThatItBeganWith() {
        Run run = run("back");
        try (Bench bench = new Bench().start(run)) {
            String first = SavedState.of(files(run).checkpoint());
            bench.conclude(run, 0, PROMOTED).write(rows(run, 0)).deliver();
            bench.conclude(run, 1, WORSE).write(rows(run, 1)).deliver();
            bench.conclude(run, 2, WORSE).write(rows(run, 2)).deliver();
            assertThat(bench.latest().version()).isEqualTo(3);
            assertThat(bench.latest().wentBackTo()).isZero();
            assertThat(SavedState.of(files(run).checkpoint())).isEqualTo(first);
            assertThat(bench.weights().get(3)).isNotEqualTo(bench.weights().get(2));
        }
    }

    @Test
    void aRunKilledAfterEveryRowAndEveryVerdictEndsWithTheSameBits() {
        Run run = run("killed");
        try (Bench undisturbed = finished(run("a"), new Bench());
                Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            for (int round = 0; round < ROUNDS; round++) {
                if (round == 5) {
                    bench.conclude(run, round, OUTCOMES.get(round - 1));
                }
                for (ValuedTrajectory row : rows(run, round)) {
                    bench.write(List.of(row)).deliver();
                    bench.kill();
                    bench.start().deliver();
                }
                if (round > 0 && round != 5) {
                    assertThat(bench.latest().version()).isEqualTo(round);
                    bench.conclude(run, round, OUTCOMES.get(round - 1));
                    bench.kill();
                    bench.start().deliver();
                }
            }
            assertSame(bench, undisturbed);
        }
    }

    @Test
    void aRunKilledBetweenVerdictAndPublicationPublishesTheSame() {
        Run run = run("killed");
        try (Bench undisturbed = finished(run("a"), new Bench());
                Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            for (int round = 0; round < ROUNDS; round++) {
                if (round == 0) {
                    bench.write(rows(run, round)).deliver();
                } else {
                    bench.write(rows(run, round)).deliver();
                    bench.concludeAndLosePublication(run, round, OUTCOMES.get(round - 1));
                    assertThat(bench.latest().version()).isEqualTo(round);
                    bench.kill();
                    bench.start().deliver();
                }
            }
            assertSame(bench, undisturbed);
        }
    }

    @Test
    void aRunKilledBetweenVersionAndCheckpointMakesTheSameVersionAgain() throws IOException {
        Run run = run("killed");
        try (Bench undisturbed = finished(run("a"), new Bench());
                Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] before = Files.readAllBytes(files(run).checkpoint());
                bench.write(rows(run, round)).deliver();
                if (round > 0) {
                    bench.concludeAndLosePublication(run, round, OUTCOMES.get(round - 1));
                    bench.kill();
                    Files.write(files(run).checkpoint(), before);
                    bench.start();
                    assertThat(bench.latest().version()).isEqualTo(round);
                    bench.deliver();
                }
            }
            assertSame(bench, undisturbed);
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theCheckpointBeforeTheNewestComesToTheSameBits(Damage damage) {
        Run run = run("damaged");
        try (Bench undisturbed = finished(run("a"), new Bench());
                Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            for (int round = 0; round < ROUNDS; round++) {
                bench.write(rows(run, round)).deliver();
                if (round > 0) {
                    bench.conclude(run, round, OUTCOMES.get(round - 1));
                }
                bench.kill();
                damage.to(files(run).checkpoint());
                bench.start();
                assertThat(bench.latest().version()).isEqualTo(round);
                bench.deliver();
                assertThat(bench.latest().version()).isEqualTo(round + 1);
            }
            assertSame(bench, undisturbed);
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aDamagedCheckpointToGoBackToStopsTheRunWithFileAndRemedy(Damage damage) {
        Run run = run("damaged");
        Path kept = files(run).checkpoint().resolveSibling("promoted-v00001-checkpoint.safetensors");
        try (Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            bench.write(rows(run, 0)).deliver().conclude(run, 1, PROMOTED);
            bench.write(rows(run, 1)).deliver().conclude(run, 2, WORSE);
            bench.write(rows(run, 2)).write(rows(run, 3)).deliver();
            damage.to(kept);
            bench.conclude(run, 3, WORSE);
            assertThat(bench.latest().version()).isEqualTo(3);
            assertThat(bench.board.describe("damaged"))
                    .startsWith("stopped: training is to go back to version 1, and the checkpoint that was kept of it"
                            + " cannot be used: " + kept)
                    .contains("./tempo run");
        }
    }

    @Test
    void anOperatorsWordServesAVersionAndIsNoneToGoBackTo() {
        Run run = run("wished");
        try (Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            bench.write(rows(run, 0)).deliver().conclude(run, 1, WORSE);
            bench.write(rows(run, 1)).deliver().wish(run, 2);
            bench.write(rows(run, 2)).deliver();
            assertThat(bench.latest().version()).as("a wish is no trial").isEqualTo(2);
            bench.conclude(run, 2, WORSE);
            assertThat(bench.latest().wentBackTo()).isZero();
        }
    }

    @Test
    void aVersionOfAnEarlierStageComesBackWithTheNewOptimizerThatThePresentStageBeganWith() {
        PolicyTraining slower = Recipes.policy(0, false);
        Run run = run("stages", 2, null, Recipes.supervised(2), Recipes.tempo(6, slower));
        try (Bench bench = new Bench().start(run).conclude(run, 0, PROMOTED)) {
            bench.write(rows(run, 0)).deliver().conclude(run, 1, PROMOTED);
            bench.write(rows(run, 1)).deliver().conclude(run, 2, UNDECIDED);
            bench.write(rows(run, 2)).deliver().conclude(run, 3, WORSE);
            bench.write(rows(run, 3)).deliver().conclude(run, 4, WORSE);
            bench.write(rows(run, 4)).deliver();
            assertThat(bench.latest().wentBackTo()).isOne();
            assertThat(bench.latest().version()).isEqualTo(5);
            assertThat(bench.weights().get(5)).isEqualTo(bench.weights().get(1));
            assertThat(SavedState.optimizer(files(run).checkpoint())).containsEntry("optimizer.steps", "0.0");
        }
    }

    @Test
    void anAdapterComesBackAsAllWeightsDo() {
        Training lora = new Training(new LowRank(2, 4, List.of("q_proj", "down_proj")), 0, Arithmetic.FLOAT32);
        Run run = run("lora", 2, lora, Recipes.tempo(ROUNDS));
        try (Bench bench = finished(run, new Bench());
                Bench killed = new Bench()) {
            Map<Integer, String> weights = bench.weights();
            assertThat(weights.get(4)).isEqualTo(weights.get(1)).isNotEqualTo(weights.get(3));
            assertThat(weights.get(5)).isNotEqualTo(weights.get(2));
            Run other = run("killed", 2, lora, Recipes.tempo(ROUNDS));
            killed.start(other).conclude(other, 0, PROMOTED);
            for (int round = 0; round < ROUNDS; round++) {
                killed.write(rows(other, round)).deliver();
                if (round > 0) {
                    killed.concludeAndLosePublication(other, round, OUTCOMES.get(round - 1));
                }
                killed.kill();
                killed.start().deliver();
            }
            assertSame(killed, bench);
        }
    }

    private static void assertSame(Bench bench, Bench undisturbed) {
        assertThat(bench.weights()).isEqualTo(undisturbed.weights()).hasSize(ROUNDS + 1);
        assertThat(bench.latest().statistics()).isEqualTo(undisturbed.latest().statistics());
        assertThat(bench.published.stream().filter(version -> version.wentBackTo() != null))
                .extracting(PolicyVersion::version)
                .contains(4, 7)
                .doesNotContain(1, 2, 3, 5, 6, 8);
    }
}
