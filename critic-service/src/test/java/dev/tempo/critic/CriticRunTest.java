package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunLines;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriticRunTest {
    @TempDir
    Path directory;

    private ModelReference base;

    @BeforeEach
    void base() {
        base = TinyModel.write(directory.resolve("base"));
    }

    private Bench bench(Stage... stages) {
        return new Bench(directory, Recipes.of(directory, stages), base, null).start();
    }

    private static List<String> topics(Bench bench) {
        return bench.sent.stream().map(Outgoing::topic).map(Topic::name).toList();
    }

    @Test
    void theLogTellsTheRunFromItsBeginningToItsEnd() {
        try (RunLines lines = new RunLines()) {
            bench(Recipes.supervised(2, 0)).runThrough();

            assertThat(lines.of("run-1"))
                    .containsExactly(
                            "model loaded round=0 version=0",
                            "run begun round=0 version=0",
                            "version published round=0 version=0",
                            "round closed round=0 version=0",
                            "version published round=1 version=1",
                            "round closed round=1 version=1",
                            "version published round=2 version=2",
                            "run finished round=2 version=2");
        }
    }

    @Test
    void aSupervisedRoundPublishesItsCriticAsksValuesAndThenLearns() {
        Bench bench = bench(Recipes.supervised(1, 0));
        bench.policy(0);
        assertThat(topics(bench)).containsExactly("critic-versions", "labeled-answers", "labeled-rollout-requests");
        assertThat(bench.requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.samples()).isEqualTo(2);
            assertThat(request.seed()).isEqualTo(7);
            assertThat(request.policy()).isEqualTo(base);
            assertThat(request.id().purpose()).isEqualTo(Purpose.LABELED);
            assertThat(request.id().question()).isIn("q1", "q2", "q3", "q4");
        });
        bench.deliver();
        assertThat(bench.valued()).hasSize(6);
        ValuedTrajectory row = bench.valued().values().iterator().next();
        assertThat(row.values().toArray()).as("a critic that learned nothing").containsOnly(.5f);
        assertThat(row.reward()).isIn(0.0, 1.0);
        bench.policy(1);
        List<CriticVersion> versions = bench.of(Topics.CRITIC_VERSIONS);
        assertThat(versions).extracting(CriticVersion::version).containsExactly(0, 1);
        assertThat(versions.get(0).recalibrated()).isFalse();
        assertThat(versions.get(1).recalibrated()).isTrue();
        assertThat(versions.get(1).statistics().get("brier")).isEqualTo(.25);
        assertThat(versions.get(1).statistics().get("posterior.gap"))
                .as("equal values: -ln of the share of right responses, over questions that have some")
                .isCloseTo(gapOfEqualValues(bench), within(1e-12));
        assertThat(versions.get(1).statistics().get("posterior.gap.infinite")).isZero();
        assertThat(versions.get(1).model().sha256())
                .isNotEqualTo(versions.get(0).model().sha256());
        assertThat(directory.resolve("stages/stage1/critic/model.safetensors")).exists();
    }

    @Test
    void verdictsThatNobodyAskedForAreRefusedWithTheirReason() {
        Bench bench = bench(Recipes.supervised(2, 1), Recipes.tempo(2, 2, ValuesFrom.RECALIBRATED, false));
        bench.answering = false;
        bench.policy(0);
        Map<TrajectoryId, String> poison = Map.of(
                new RequestId("run-1", 0, Purpose.WARM_UP, 0, "nowhere").sample(0), "of no question that was asked",
                new RequestId("run-1", 0, Purpose.WARM_UP, 1, "q1").sample(0), "warm-up step 1",
                new RequestId("run-1", 0, Purpose.LABELED, 0, "q1").sample(2), "none of the 2 that are asked for",
                new RequestId("run-1", 3, Purpose.LABELED, 0, "q1").sample(0), "nothing is asked for",
                new RequestId("run-1", 4, Purpose.LABELED, 0, "q1").sample(0), "none of the recipe's 4",
                new RequestId("run-1", 0, Purpose.UNLABELED, 0, "q1").sample(0), "another topic");

        poison.forEach((id, reason) -> assertThatThrownBy(() -> {
                    bench.write(Rows.judged(id));
                    bench.deliver();
                })
                .as(reason)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(reason));
        bench.answering = true;
        bench.runThrough();
        assertThat(bench.versions()).as("all rounds are done").containsOnlyKeys(0, 1, 2, 3, 4);
    }

    @Test
    void aRunThatSomebodyFinishesDuringAnEStepEndsOnceThatIsDone() {
        Bench bench =
                bench(Recipes.supervised(1, 0), Recipes.tempo(Stage.UNBOUNDED, 1, ValuesFrom.RECALIBRATED, false));
        bench.policy(0);
        bench.deliver();
        bench.answering = false;
        bench.policy(1);
        bench.deliver();

        bench.policy(1, true);
        bench.answering = true;
        bench.deliver();

        assertThat(bench.versions()).containsOnlyKeys(0, 1);
        assertThat(bench.of(Topics.CRITIC_VERSIONS).get(1).recalibrated()).isTrue();
    }

    @Test
    void theStageOfARunWithoutAnEndIsKeptOnceSomebodyFinishesIt() {
        Bench bench =
                bench(Recipes.supervised(1, 0), Recipes.tempo(Stage.UNBOUNDED, 1, ValuesFrom.RECALIBRATED, false));
        for (int version = 0; version <= 2; version++) {
            bench.policy(version);
            bench.deliver();
        }
        Path kept = RunDirectory.of(bench.run).critic().stage("tempo");
        assertThat(kept).doesNotExist();
        bench.policy(2, true);
        bench.deliver();
        assertThat(kept.resolve("model.safetensors"))
                .hasSameBinaryContentAs(
                        RunDirectory.of(bench.run).critic().version(2).resolve("model.safetensors"));
    }

    @Test
    void rewardsThatOnlyVotesHaveAreRefused() {
        Bench bench = bench(Recipes.supervised(1, 0));
        bench.answering = false;
        bench.policy(0);
        TrajectoryId id = bench.requests().iterator().next().id().sample(0);
        Verdict vote = new Verdict(Outcome.WRONG, -2.5, null, null, "rule", "1", Verdict.VOTE, "", null, 0.0);

        assertThatThrownBy(() -> {
                    bench.write(new JudgedTrajectory(Rows.judged(id).trajectory(), vote));
                    bench.deliver();
                })
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has the reward -2.5");
    }

    @Test
    void warmUpStepsAreAskedAheadAndLearnedInOrderBeforeTheFirstVersion() {
        Bench bench = bench(Recipes.supervised(1, 3));
        bench.answering = false;
        bench.policy(0);
        assertThat(topics(bench))
                .containsExactly("labeled-answers", "labeled-rollout-requests", "labeled-rollout-requests");
        assertThat(bench.requests()).extracting(request -> request.id().step()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(bench.requests())
                .extracting(request -> request.id().purpose())
                .containsOnly(Purpose.WARM_UP);
        List<RolloutRequest> first = bench.requests();
        Rows.samples(first).stream().filter(id -> id.request().step() == 1).forEach(id -> bench.write(Rows.judged(id)));
        bench.deliver();
        assertThat(bench.requests()).as("step 1 waits for step 0").hasSize(6);
        bench.answering = true;
        bench.deliver();
        assertThat(bench.requests()).extracting(request -> request.id().step()).endsWith(2, 2, 2, 0, 0, 0);
        assertThat(bench.of(Topics.CRITIC_VERSIONS)).hasSize(1);
        assertThat(bench.of(Topics.CRITIC_VERSIONS).get(0).recalibrated()).isTrue();
        assertThat(bench.of(Topics.LABELED_ANSWERS)).hasSize(6);
        assertThat(bench.valued()).as("warm-up rows are not for the policy").hasSize(6);
    }

    @Test
    void arrivalOrderDuplicatesAndTheRunsNameChangeNoBit() {
        Bench plain = bench(Recipes.supervised(2, 1), Recipes.tempo(1, 1, ValuesFrom.RECALIBRATED, false));
        plain.runThrough();
        Path other = directory.resolve("other");
        Bench shuffled = new Bench("another-run", other, plain.run.recipe(), base, null).start();
        shuffled.answering = false;
        for (int version = 0; version <= 3; version++) {
            shuffled.policy(version);
            int asked = -1;
            while (asked < shuffled.requests().size()) {
                asked = shuffled.requests().size();
                List<TrajectoryId> samples = Rows.samples(shuffled.requests());
                for (int row = samples.size() - 1; row >= 0; row--) {
                    samples.stream().skip(row).limit(2).forEach(id -> shuffled.write(Rows.judged(id)));
                }
                shuffled.deliver();
            }
        }
        assertThat(shuffled.versions()).hasSize(4).isEqualTo(plain.versions());
        assertThat(shuffled.valued().keySet()).isEqualTo(plain.valued().keySet());
    }

    @Test
    void anEStepPrecedesItsVersionAndRoundsBetweenReuseTheFile() {
        Bench bench = bench(Recipes.tempo(3, 2, ValuesFrom.RECALIBRATED, false));
        bench.answering = false;
        bench.policy(0);
        assertThat(bench.of(Topics.CRITIC_VERSIONS)).as("not before its E-step").isEmpty();
        bench.answering = true;
        bench.deliver();
        bench.policy(1);
        bench.policy(2);
        bench.deliver();
        bench.policy(3);
        List<CriticVersion> versions = bench.of(Topics.CRITIC_VERSIONS);
        assertThat(versions).extracting(CriticVersion::version).containsExactly(0, 1, 2, 3);
        assertThat(versions).extracting(CriticVersion::recalibrated).containsExactly(true, false, true, false);
        assertThat(versions.get(1).model()).isEqualTo(versions.get(0).model());
        assertThat(versions.get(2).model()).isNotEqualTo(versions.get(1).model());
        assertThat(versions.get(3).model()).isEqualTo(versions.get(2).model());
        assertThat(bench.valued()).isEmpty();
        assertThat(bench.requests())
                .extracting(request -> request.id().round())
                .as("2 questions of rounds 0 and 2")
                .containsExactly(0, 0, 2, 2);
    }

    @Test
    void anEStepIsRepeatedOnOtherQuestionsWhileTheCriticIsOff() {
        // a new critic says .5 of everything, a Brier score of .25
        Bench off = bench(Recipes.repeating(1, .2, 2));
        off.runThrough();
        assertThat(off.requests()).extracting(request -> request.id().step()).containsExactly(0, 0, 1, 1);
        assertThat(off.requests())
                .extracting(request -> request.id().question())
                .doesNotHaveDuplicates();
        assertThat(off.of(Topics.CRITIC_VERSIONS))
                .extracting(CriticVersion::version)
                .containsExactly(0, 1);
        assertThat(off.of(Topics.CRITIC_VERSIONS).get(0).statistics())
                .as("how good the critic was when the round began")
                .containsEntry("brier", .25);

        Bench good = new Bench(
                        directory.resolve("good"), Recipes.of(directory, Recipes.repeating(1, .3, 2)), base, null)
                .start();
        good.runThrough();
        assertThat(good.requests()).extracting(request -> request.id().step()).containsExactly(0, 0);
        assertThat(good.versions().get(0)).isNotEqualTo(off.versions().get(0));
    }

    @Test
    void anEStepBeyondTheMostIsAskedByNobody() {
        Bench bench = bench(Recipes.repeating(1, .01, 2));
        bench.answering = false;
        bench.policy(0);
        TrajectoryId beyond = new RequestId("run-1", 0, Purpose.LABELED, 2, "q1").sample(0);

        assertThatThrownBy(() -> {
                    bench.write(Rows.judged(beyond));
                    bench.deliver();
                })
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("E-step 2 of ")
                .hasMessageContaining("is none of the 2 that round 0 has at most");
    }

    @Test
    void valuesFromThePreviousCriticArePublishedBeforeTheEStep() {
        Bench bench = bench(Recipes.tempo(2, 1, ValuesFrom.PREVIOUS, true));
        bench.runThrough();
        List<CriticVersion> versions = bench.of(Topics.CRITIC_VERSIONS);
        assertThat(versions).extracting(CriticVersion::recalibrated).containsExactly(false, true, true);
        assertThat(bench.valued()).hasSize(12);
        assertThat(bench.valued().values())
                .filteredOn(row -> row.criticVersion() == 0)
                .allSatisfy(row -> assertThat(row.values().toArray()).containsOnly(.5f));
    }

    @Test
    void labeledRowsForThePolicyCarryTheValuesOfTheirRoundsVersion() {
        Bench bench = bench(Recipes.tempo(1, 1, ValuesFrom.RECALIBRATED, true));
        bench.runThrough();
        assertThat(bench.valued()).hasSize(6);
        assertThat(bench.valued().values())
                .allSatisfy(row -> assertThat(row.values().get(0)).isNotEqualTo(.5f));
    }

    @Test
    void aFrozenCriticAndVotesNeverAskAndNeverChange() {
        Bench bench = bench(Recipes.tempo(2, 0, ValuesFrom.RECALIBRATED, false), Recipes.votes(2));
        bench.runThrough();
        assertThat(topics(bench)).containsOnly("critic-versions").hasSize(5);
        assertThat(bench.of(Topics.CRITIC_VERSIONS))
                .extracting(CriticVersion::model)
                .hasSize(5)
                .containsOnly(bench.of(Topics.CRITIC_VERSIONS).get(0).model());
        assertThat(directory.resolve("stages/votes/critic/model.safetensors")).exists();
    }

    @Test
    void undecidedAndFailedRowsCloseTheRoundWithoutTeaching() {
        Bench bench = bench(Recipes.supervised(1, 0));
        bench.judge = id -> Rows.judged(
                id.sample() == 0 ? Trajectory.failed(id, "default", "x", "no worker") : Rows.trajectory(id),
                Outcome.UNDECIDED);
        bench.runThrough();
        assertThat(bench.valued().values()).hasSize(6).allSatisfy(row -> {
            assertThat(row.reward()).isNull();
            assertThat(row.missing()).isIn("no worker", "undecided: no answer key");
        });
        List<CriticVersion> versions = bench.of(Topics.CRITIC_VERSIONS);
        assertThat(versions.get(1).model()).isEqualTo(versions.get(0).model());
        assertThat(versions.get(1).recalibrated()).isFalse();
    }

    @Test
    void onlyVersionsThatAreMeasuredOrNewStay() {
        Bench bench = bench(Recipes.supervised(7, 0));
        bench.runThrough();
        assertThat(directory.resolve("critic").toFile().list())
                .containsExactlyInAnyOrder("v00000", "v00005", "v00006", "v00007");
    }

    private static double gapOfEqualValues(Bench bench) {
        return bench.valued().values().stream()
                .collect(Collectors.groupingBy(
                        row -> row.trajectory().id().request(),
                        Collectors.averagingDouble(row -> Objects.requireNonNull(row.reward()))))
                .values()
                .stream()
                .filter(share -> share > 0)
                .mapToDouble(share -> -Math.log(share))
                .average()
                .orElseThrow();
    }
}
