package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.fixtures.HugeWeights;
import dev.tempo.model.WeightType;
import dev.tempo.model.replay.StepReplay;
import dev.tempo.model.replay.TakenSteps;
import dev.tempo.plugin.Outcome;
import dev.tempo.runs.KnownRuns;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.ShadowQuestion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuationTest {
    private static final Stage TEMPO = Recipes.tempo(3, 1, ValuesFrom.RECALIBRATED, false);

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2025-01-01T00:00:00Z");
    private final KnownRuns runs = new KnownRuns(Bench.PROPERTIES.unknownRunPatience(), () -> now);
    private final CriticVersions versions = new CriticVersions();
    private final VersionedCritics critics = new VersionedCritics(Bench.PROPERTIES, WeightType.FLOAT32);
    private final Valuation valuation =
            new Valuation(runs, versions, critics, new CriticMetrics(new SimpleMeterRegistry()));
    private ModelReference base;

    @BeforeEach
    void base() {
        base = TinyModel.write(directory.resolve("base"));
        runs.caughtUp();
    }

    @AfterEach
    void close() {
        critics.close();
    }

    private Run run(Stage... stages) {
        Run run = new Run("run-1", RunState.ACTIVE, Recipes.of(directory, stages), base, directory.toString(), null);
        runs.on(run);
        return run;
    }

    private void critic(int version) {
        versions.on(new CriticVersion("run-1", version, base, false, Map.of(), 0, 0));
    }

    private static Trajectory unlabeled(int round, String question) {
        return Rows.trajectory(new RequestId("run-1", round, Purpose.UNLABELED, 0, question).sample(0));
    }

    private static Trajectory evaluated(String question) {
        return Rows.trajectory(new RequestId("run-1", 0, Purpose.EVALUATION, 0, question).sample(0));
    }

    @Test
    void aTrajectoryWaitsForTheCriticOfItsOwnRound() {
        run(TEMPO);
        critic(0);
        List<Trajectory> both = List.of(unlabeled(1, "u"), unlabeled(0, "u"));
        Valued early = valuation.value(both);
        assertThat(early.rows()).extracting(ValuedTrajectory::criticVersion).containsExactly(0);
        assertThat(early.waiting()).containsExactly(Map.entry(0, "critic version 1 of run run-1"));
        critic(1);
        ValuedTrajectory row = valuation.value(both.subList(0, 1)).rows().get(0);
        assertThat(row.values().toArray())
                .hasSize(both.get(0).responseTokens().length() + 1)
                .containsOnly(.5f);
        assertThat(row.reward()).as("V_n").isEqualTo(.5);
    }

    @Test
    void nothingIsRewardedInARoundWhoseCriticIsFurtherOffThanTheRecipeAllows() {
        run(Recipes.repeating(3, new RepeatSettings(.1, 2, .2)));
        versions.on(new CriticVersion("run-1", 0, base, true, Map.of("brier", .2), 0, 0));
        versions.on(new CriticVersion("run-1", 1, base, true, Map.of("brier", .2004), 0, 0));
        versions.on(new CriticVersion("run-1", 2, base, true, Map.of(), 0, 0));

        List<ValuedTrajectory> rows = valuation
                .value(List.of(unlabeled(0, "u"), unlabeled(1, "u"), unlabeled(2, "u")))
                .rows();

        assertThat(rows).extracting(ValuedTrajectory::reward).containsExactly(.5, null, .5);
        assertThat(rows.get(1).missing())
                .isEqualTo("the M-step is held: the Brier score of the critic's last E-step, 0.200, is above holdAbove,"
                        + " 0.2");
        assertThat(rows.get(1).values().length()).as("its values are there").isPositive();
    }

    @Test
    void aFailedTrajectoryIsMissingWithItsReason() {
        run(TEMPO);
        Trajectory failed = Trajectory.failed(unlabeled(0, "u").id(), "default", "x", "no worker");
        assertThat(valuation.value(List.of(failed)).rows().get(0).missing()).isEqualTo("no worker");
    }

    @Test
    void aTrajectoryThatNoCriticCanValueDoesNotKeepTheOthersBack() {
        run(TEMPO);
        critic(0);
        Trajectory good = unlabeled(0, "u");
        Trajectory foreign = new Trajectory(
                unlabeled(0, "v").id(),
                "default",
                "x",
                "y",
                TokenIds.of(1),
                TokenIds.of(9_999),
                EnvironmentMask.of(false),
                LogProbs.of(0),
                StopReason.END,
                null);
        List<ValuedTrajectory> rows = valuation.value(List.of(foreign, good)).rows();
        assertThat(rows.get(0).missing()).startsWith("cannot be valued: ").contains("9999");
        assertThat(rows.get(1).reward()).isEqualTo(.5);
    }

    @Test
    void aVersionWithOtherContentIsRefusedAndSaidSo() throws IOException {
        run(TEMPO);
        critic(0);
        Path weights = directory.resolve("base/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1]++;
        Files.write(weights, bytes);
        Valued refused = valuation.value(List.of(unlabeled(0, "u")));
        assertThat(refused.rows()).isEmpty();
        assertThat(refused.waiting()).containsKey(0);
        assertThat(valuation.unusable().get("critic version 0 of run run-1")).contains("SHA-256");
        bytes[bytes.length - 1]--;
        Files.write(weights, bytes);
        assertThat(valuation.value(List.of(unlabeled(0, "u"))).rows()).hasSize(1);
        assertThat(valuation.unusable()).isEmpty();
    }

    @Test
    void anUnknownRunIsWaitedForBriefly() {
        List<Trajectory> one = List.of(unlabeled(0, "u"));
        assertThat(valuation.value(one).waiting()).containsValue("run run-1");
        now = now.plus(Bench.PROPERTIES.unknownRunPatience()).plus(Duration.ofMillis(1));
        assertThat(valuation.value(one)).isEqualTo(new Valued(List.of(), Map.of()));
    }

    @Test
    void finishedRunsConcernNobodyAndPausedOnesDo() {
        Run run = run(TEMPO);
        critic(0);
        runs.on(run.withState(RunState.PAUSED));
        assertThat(valuation.value(List.of(unlabeled(0, "u"))).rows()).hasSize(1);
        runs.on(run.withState(RunState.FINISHED));
        assertThat(valuation.value(List.of(unlabeled(0, "u")))).isEqualTo(new Valued(List.of(), Map.of()));
    }

    @Test
    void aVotePassesWithoutValuesAndAnUndecidedOneWithoutReward() {
        run(Recipes.votes(2));
        List<ValuedTrajectory> rows = valuation
                .passOn(List.of(
                        Rows.judged(unlabeled(0, "u"), Outcome.CORRECT),
                        Rows.judged(unlabeled(0, "v"), Outcome.UNDECIDED)))
                .rows();
        assertThat(rows).extracting(ValuedTrajectory::reward).containsExactly(1.0, null);
        assertThat(rows).allSatisfy(row -> assertThat(row.values().length()).isZero());
        assertThat(rows.get(1).missing()).isEqualTo("undecided: no answer key");
        assertThat(valuation.value(List.of(unlabeled(0, "u")))).isEqualTo(new Valued(List.of(), Map.of()));
    }

    @Test
    void onlyTheSetThatMeasuresTheCriticIsValued() {
        run(Recipes.supervised(1, 0));
        critic(0);
        assertThat(valuation
                        .valueEvaluations(List.of(evaluated("holdout/1"), evaluated("other/1")))
                        .rows())
                .extracting(row -> row.trajectory().id().request().question())
                .containsExactly("holdout/1");
    }

    @Test
    void shadowTrafficIsValuedByTheCriticOfItsRoundAndNeverForTheTrainer() {
        shadowing();
        critic(1);
        Trajectory candidate = shadow(4);
        Trajectory promoted = shadow(2);
        List<ValuedTrajectory> rows =
                valuation.valueEvaluations(List.of(candidate, promoted)).rows();
        assertThat(rows).extracting(ValuedTrajectory::criticVersion).containsExactly(1, 1);
        assertThat(rows).extracting(ValuedTrajectory::reward).containsExactly(.5, .5);
        Valued learned = valuation.value(List.of(candidate));
        assertThat(learned.rows()).isEmpty();
        assertThat(learned.refused()).containsKey(0);
    }

    @Test
    void shadowTrafficDoesNotWaitForACriticWhoseFilesAreGone() throws IOException {
        shadowing();
        critic(1);
        Files.delete(directory.resolve("base/model.safetensors"));
        Valued valued = valuation.valueEvaluations(List.of(shadow(4)));
        assertThat(valued.waiting()).isEmpty();
        assertThat(valued.rows().get(0).missing()).startsWith("critic version 1 of run run-1 cannot be used: ");
        assertThat(valuation.unusable()).isEmpty();
    }

    private void shadowing() {
        Recipe recipe = RecipeBuilder.recipe(TEMPO).shadowing().build();
        runs.on(new Run("run-1", RunState.ACTIVE, recipe, base, directory.toString(), null));
    }

    private static Trajectory shadow(int version) {
        String question = new ShadowQuestion(version, "chat-0f").id();
        return Rows.trajectory(new RequestId("run-1", 1, Purpose.EVALUATION, 0, question).sample(0));
    }

    @Test
    void valuesThatAreNotFiniteStopTheirRunAndAreNotHandedOut() throws IOException {
        Run run = run(TEMPO);
        Path huge = HugeWeights.in(RunDirectory.pathOf(TinyModel.write(directory.resolve("huge"))));
        versions.on(new CriticVersion("run-1", 0, TinyModel.reference(huge), false, Map.of(), 0, 0));
        List<Trajectory> rows = List.of(unlabeled(0, "q1"), unlabeled(0, "q2"));

        Valued valued = valuation.value(rows);

        assertThat(valued.rows()).isEmpty();
        assertThat(valued.waiting()).containsOnlyKeys(0, 1);
        assertThat(valuation.stopped())
                .hasEntrySatisfying(
                        "run-1",
                        reason -> assertThat(reason)
                                .startsWith("round 0, valuation: values of "
                                        + rows.get(0).id() + ": number 0 is NaN. ./tempo replay "));
        Path file = directory.resolve("non-finite/critic-round-0-valuation.json");
        assertThat(StepReplay.of(TakenSteps.read(file), line -> {})
                        .orElseThrow()
                        .tensor())
                .isEqualTo("values");
        assertThat(valuation.value(rows).rows()).as("again").isEmpty();
        runs.on(run.withState(RunState.FINISHED));
        assertThat(valuation.stopped()).isEmpty();
    }
}
