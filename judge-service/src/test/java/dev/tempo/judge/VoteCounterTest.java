package dev.tempo.judge;

import static dev.tempo.judge.Rollouts.answering;
import static dev.tempo.judge.Rollouts.ended;
import static dev.tempo.judge.Rollouts.unlabeled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.messaging.Received;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.runs.KnownRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteCounterTest {
    private static final Run MAJORITY = RunBuilder.aRun("r").active();

    private static final String[][] FLIPPING = {{"7", "7", "8"}, {"8", "8", "7"}, {"8", "8", "7"}};

    @TempDir
    private Path directory;

    private final KnownRuns runs = new KnownRuns(Duration.ZERO, InstantSource.system());
    private final VoteHistory history = new VoteHistory();
    private final VoteCounter voting = new VoteCounter(runs, new Judges(Judges.builtIn()), history);
    private long offset;

    VoteCounterTest() {
        runs.caughtUp();
        runs.on(MAJORITY);
    }

    @Test
    void aQuestionIsCountedWhenItsLastSampleIsThere() {
        assertThat(votes(sample(1, "q", 2, "8"), sample(1, "q", 0, "8")).judged())
                .isEmpty();

        Voted voted = votes(sample(1, "q", 1, "7"));

        assertThat(voted.judged())
                .extracting(judged -> judged.trajectory().id().sample())
                .containsExactly(0, 1, 2);
        assertThat(rewards(voted)).containsExactly(1.0, 0.0, 1.0);
        assertThat(voted.judged().get(0).verdict())
                .extracting(Verdict::outcome, Verdict::judge, Verdict::answer, Verdict::reason)
                .containsExactly(Outcome.CORRECT, "majority-vote", "8", "'8' has 2 of 3 votes");
    }

    @Test
    void aClusterEarnsItsShareAndTheLargestIsCalledCorrect() {
        runs.on(RunBuilder.aRun("r").rewardedBy(RewardSource.CLUSTER_SHARE).active());

        Voted voted = votes(sample(1, "q", 0, "7"), sample(1, "q", 1, "8"), sample(1, "q", 2, "8"));

        assertThat(rewards(voted)).containsExactly(1 / 3.0, 2 / 3.0, 2 / 3.0);
        assertThat(outcomes(voted)).containsExactly(Outcome.WRONG, Outcome.CORRECT, Outcome.CORRECT);
    }

    @Test
    void malformedResponsesEarnNothingAndDoNotAgreeEvenAmongThemselves() {
        for (RewardSource source : List.of(RewardSource.MAJORITY_VOTE, RewardSource.CLUSTER_SHARE)) {
            runs.on(RunBuilder.aRun(source.name()).rewardedBy(source).active());
            Voted voted = votes(
                    ended(unlabeled(source.name(), 1, "q").sample(0), "malformed"),
                    ended(unlabeled(source.name(), 1, "q").sample(1), "malformed"),
                    answering(unlabeled(source.name(), 1, "q").sample(2), "8"));

            assertThat(rewards(voted)).containsExactly(0.0, 0.0, source == RewardSource.MAJORITY_VOTE ? 1.0 : 1 / 3.0);
            assertThat(outcomes(voted)).containsExactly(Outcome.WRONG, Outcome.WRONG, Outcome.CORRECT);
            voting.published(voted);
        }
    }

    @Test
    void aSelectiveVotePunishesMalformedResponsesAndMayFindNoAnswerRight() {
        runs.on(RunBuilder.aRun("r").rewardedBy(RewardSource.SELECTIVE_VOTE).active());

        Voted clear = votes(
                sample(1, "q", 0, "7"), ended(unlabeled("r", 1, "q").sample(1), "malformed"), sample(1, "q", 2, "7"));
        voting.published(clear);
        Voted split = votes(sample(1, "p", 0, "7"), sample(1, "p", 1, "8"), sample(1, "p", 2, "9"));

        assertThat(rewards(clear)).containsExactly(2 / 3.0, -1.0, 2 / 3.0);
        assertThat(outcomes(clear)).containsExactly(Outcome.CORRECT, Outcome.WRONG, Outcome.CORRECT);
        assertThat(clear.judged().get(0).verdict())
                .extracting(Verdict::judge, Verdict::reason)
                .containsExactly("selective-vote", "'7' has 2 of 3 votes");
        assertThat(rewards(split)).containsExactly(0.0, 0.0, 0.0);
        assertThat(split.judged().get(0).verdict().reason()).isEqualTo("no answer has enough of 3 votes");
    }

    @Test
    void aResponseEarnsItsMeanLogProbabilityWhateverItsAnswerIs() {
        runs.on(RunBuilder.aRun("r")
                .rewardedBy(RewardSource.MEAN_LOG_PROBABILITY)
                .active());

        Voted voted = votes(
                sample(1, "q", 0, "7"), ended(unlabeled("r", 1, "q").sample(1), "malformed"), sample(1, "q", 2, "7"));

        assertThat(rewards(voted)).containsExactly(-0.5, -0.5, -0.5);
        assertThat(outcomes(voted)).containsExactly(Outcome.CORRECT, Outcome.WRONG, Outcome.CORRECT);
    }

    @Test
    void aGuardedVoteLooksBackAndIsTheSameInAnInstanceThatReadsWhatAnotherPublished() {
        Run guarded = RunBuilder.aRun("r").rewardedBy(RewardSource.GUARDED_VOTE).active();
        runs.on(guarded);
        List<List<Double>> here = new ArrayList<>();
        List<JudgedTrajectory> published = new ArrayList<>();
        for (String[] round : FLIPPING) {
            Voted voted = votes(samples(here.size() + 1, round));
            here.add(rewards(voted));
            voting.published(voted);
            voted.judged().forEach(history::on);
            published.addAll(voted.judged());
        }
        VoteHistory read = new VoteHistory();
        published.forEach(read::on);
        published.forEach(read::on);
        read.on(new JudgedTrajectory(
                sample(1, "q", 0, "9"), published.get(0).verdict())); // a copy that lies comes too late

        VoteCounter other = new VoteCounter(runs, new Judges(Judges.builtIn()), read);
        for (int round = 1; round <= FLIPPING.length; round++) {
            Voted again = other.vote(received(samples(round, FLIPPING[round - 1])));
            assertThat(rewards(again)).isEqualTo(here.get(round - 1));
            other.published(again);
        }
        // label 7, then 8 with 2 of 3 votes: .35 / sqrt(3), and what the minority is given
        assertThat(here.get(0).get(0)).isCloseTo(1 / Math.sqrt(3), within(1e-5));
        assertThat(here.get(1).get(0)).isCloseTo(.35 / Math.sqrt(3), within(1e-5));
        assertThat(here.get(1).get(2)).isCloseTo(-.7 / Math.sqrt(3) + .14 / Math.sqrt(3), within(1e-5));
        assertThat(here.get(2).get(0)).as("no flip").isCloseTo(1 / Math.sqrt(3), within(1e-5));
    }

    @Test
    void aGuardedVoteWaitsUntilWhatWasPublishedBeforeItIsRead() {
        runs.on(RunBuilder.aRun("r").rewardedBy(RewardSource.GUARDED_VOTE).active());
        AtomicBoolean isRead = new AtomicBoolean();
        history.readBy(() -> isRead::get);

        Voted waiting = votes(samples(1, FLIPPING[0]));

        assertThat(waiting.judged()).isEmpty();
        assertThat(waiting.done()).as("all of them come again").isZero();
        assertThat(waiting.waitingFor()).isEqualTo("the earlier votes of r");
        isRead.set(true);
        Voted counted = votes(samples(1, FLIPPING[0]));
        assertThat(counted.judged()).hasSize(3);
        assertThat(counted.waitingFor()).isNull();
    }

    @Test
    void votesThatTheBrokerHasLostAreReadFromBesideTheRunAndComeToTheSameRewards() {
        runs.on(guarded());
        List<List<Double>> here = new ArrayList<>();
        for (String[] round : FLIPPING) {
            Voted voted = votes(samples(here.size() + 1, round));
            assertThat(voting.keep(voted)).isNull();
            here.add(rewards(voted));
            voting.published(voted);
            voted.judged().forEach(history::on);
        }

        VoteCounter after = afterTheLossOfTheLog();

        assertThat(rewards(after.vote(received(samples(3, FLIPPING[2]))))).isEqualTo(here.get(2));
        assertThat(after.lost()).isEmpty();
    }

    @Test
    void whereTheyAreLostThereTooTheRunIsStoppedWithTheFileAndOthersGoOn() throws IOException {
        runs.on(guarded());
        Voted first = votes(samples(1, FLIPPING[0]));
        assertThat(voting.keep(first)).isNull();
        Path kept = directory.resolve("announced/votes.jsonl");
        Files.writeString(kept, Files.readString(kept).replace("\"7\"", "\"8\""));

        VoteCounter after = afterTheLossOfTheLog();
        runs.on(RunBuilder.aRun("other").active());
        List<Trajectory> both = new ArrayList<>(List.of(samples(2, FLIPPING[1])));
        for (int sample = 0; sample < 3; sample++) {
            both.add(answering(unlabeled("other", 1, "q").sample(sample), "8"));
        }
        Voted voted = after.vote(received(both.toArray(Trajectory[]::new)));

        assertThat(voted.counted()).containsExactly(unlabeled("other", 1, "q"));
        assertThat(voted.obstacle()).isNull();
        assertThat(after.lost()).containsOnlyKeys("r");
        assertThat(after.lost().get("r"))
                .contains("lost votes of round 1", kept.toString(), "put the file back", "./tempo run ");
        JudgeHealth health = new JudgeHealth(
                runs, after, new AwaitedThings(InstantSource.system()), Duration.ofMinutes(5), InstantSource.system());
        assertThat(health.health().getDetails().get("run r"))
                .asString()
                .startsWith("stopped: the broker has lost votes of round 1");
    }

    @Test
    void votesThatCannotBeKeptAreNotPublishedBeforeTheyCan() throws IOException {
        runs.on(guarded());
        Files.createDirectories(directory.resolve("announced/votes.jsonl"));
        Voted voted = votes(samples(1, FLIPPING[0]));

        assertThat(Objects.requireNonNull(voting.keep(voted)).words()).contains("cannot write", "votes.jsonl");
        Files.delete(directory.resolve("announced/votes.jsonl"));
        assertThat(voting.keep(votes(samples(1, FLIPPING[0])))).isNull();
        assertThat(Files.readString(directory.resolve("announced/votes.jsonl"))).contains("\"0\":\"7\"");
    }

    private Run guarded() {
        return RunBuilder.aRun("r")
                .rewardedBy(RewardSource.GUARDED_VOTE)
                .in(directory.toString())
                .active();
    }

    private VoteCounter afterTheLossOfTheLog() {
        return new VoteCounter(runs, new Judges(Judges.builtIn()), new VoteHistory());
    }

    private List<Received<Trajectory>> received(Trajectory... trajectories) {
        List<Received<Trajectory>> received = new ArrayList<>();
        for (Trajectory trajectory : trajectories) {
            received.add(new Received<>(trajectory, 0, offset++, Instant.EPOCH));
        }
        return received;
    }

    @Test
    void withoutAnyAnswerNobodyEarnsAnything() {
        Voted voted = votes(
                ended(unlabeled("r", 1, "q").sample(0), "N"),
                ended(unlabeled("r", 1, "q").sample(1), "N"),
                ended(unlabeled("r", 1, "q").sample(2), "N"));

        assertThat(rewards(voted)).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void failedSamplesAreUndecidedAndDoNotCount() {
        runs.on(RunBuilder.aRun("r").rewardedBy(RewardSource.CLUSTER_SHARE).active());

        Voted voted = votes(
                Trajectory.failed(unlabeled("r", 1, "q").sample(0), "default", "x*3+4=3", "out of memory"),
                sample(1, "q", 1, "8"),
                sample(1, "q", 2, "8"));

        assertThat(outcomes(voted)).containsExactly(Outcome.UNDECIDED, Outcome.CORRECT, Outcome.CORRECT);
        assertThat(rewards(voted)).containsExactly(null, 1.0, 1.0);
    }

    @Test
    void theFirstRecordOfASampleCounts() {
        Voted voted = votes(
                sample(1, "q", 0, "8"),
                sample(1, "q", 0, "7"),
                sample(1, "q", 1, "8"),
                sample(1, "q", 3, "7"),
                sample(1, "q", 2, "7"));

        assertThat(voted.judged())
                .extracting(judged -> judged.verdict().answer())
                .containsExactly("8", "8", "7");
    }

    @Test
    void votesComeAgainUntilTheBrokerHasThem() {
        votes(sample(1, "q", 0, "8"), sample(1, "q", 1, "8"));
        votes(sample(1, "q", 2, "7"));

        Voted again = votes(sample(1, "q", 2, "7"));

        assertThat(rewards(again)).containsExactly(1.0, 1.0, 0.0);
        voting.published(again);
        assertThat(votes(sample(1, "q", 2, "7"))).isEqualTo(new Voted(List.of(), List.of(), Map.of(), 1, null));
    }

    @Test
    void nothingIsCommittedPastAnIncompleteQuestion() {
        Voted voted = voting.vote(List.of(
                new Received<>(sample(1, "a", 0, "8"), 0, 40, Instant.EPOCH),
                new Received<>(sample(1, "b", 0, "8"), 1, 7, Instant.EPOCH),
                new Received<>(sample(1, "a", 1, "8"), 0, 41, Instant.EPOCH),
                new Received<>(sample(1, "b", 1, "8"), 1, 8, Instant.EPOCH),
                new Received<>(sample(1, "b", 2, "8"), 1, 9, Instant.EPOCH)));

        assertThat(voted.counted()).containsExactly(unlabeled("r", 1, "b"));
        assertThat(voted.unfinished()).isEqualTo(Map.of(0, 40L));
    }

    @Test
    void whatALostPartitionHeldIsReadAnewByItsNextReader() {
        votes(sample(1, "q", 0, "8"), sample(1, "q", 1, "8"));
        voting.revoked(Set.of(0));

        assertThat(votes(sample(1, "q", 2, "8")).judged()).isEmpty();
    }

    @Test
    void aVoteOfALaterRoundMakesWhatIsLeftOfEarlierOnesObsolete() {
        votes(sample(1, "q", 0, "8"));
        voting.published(votes(sample(2, "q", 0, "8"), sample(2, "q", 1, "8"), sample(2, "q", 2, "8")));

        Voted late = votes(sample(1, "q", 1, "8"), sample(1, "q", 2, "8"));

        assertThat(late.judged()).isEmpty();
        assertThat(late.unfinished()).isEmpty();
        assertThat(voting.openBallots()).isZero();
    }

    @Test
    void aLoneTrajectoryThatClaimsALaterRoundTakesNoVoteAway() {
        votes(sample(1, "q", 0, "8"));
        votes(sample(2, "forged", 0, "8"));

        assertThat(rewards(votes(sample(1, "q", 1, "8"), sample(1, "q", 2, "8"))))
                .containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void votesForAPausedRunCountSinceNobodyAsksForThemTwice() {
        votes(sample(1, "q", 0, "7"), sample(1, "q", 1, "7"));
        pauseAndResume();
        assertThat(rewards(votes(sample(1, "q", 2, "8"))))
                .as("two samples from before the pause, one from after it")
                .containsExactly(1.0, 1.0, 0.0);

        pause();
        Voted whilePaused = votes(sample(1, "p", 0, "8"), sample(1, "p", 1, "8"), sample(1, "p", 2, "7"));
        assertThat(whilePaused.obstacle()).isNull();
        assertThat(whilePaused.done()).isEqualTo(3);
        assertThat(whilePaused.counted()).contains(unlabeled("r", 1, "p"));
    }

    @Test
    void roundsOfOtherRewardsDoNotVote() {
        Voted voted = votes(sample(0, "q", 0, "8"), sample(0, "q", 1, "8"), sample(0, "q", 2, "8"));

        assertThat(voted).isEqualTo(new Voted(List.of(), List.of(), Map.of(), 3, null));
    }

    @Test
    void aDomainWhoseFirstJudgeIsMissingLeavesItsVotesUndecided() {
        runs.on(RunBuilder.aRun("r")
                .judgedBy(Map.of("default", List.of("oracle")))
                .active());

        Voted voted = votes(sample(1, "q", 0, "8"), sample(1, "q", 1, "8"), sample(1, "q", 2, "8"));

        assertThat(voted.judged()).hasSize(3).allSatisfy(judged -> {
            assertThat(judged.verdict().outcome()).isEqualTo(Outcome.UNDECIDED);
            assertThat(judged.verdict().reason()).contains("no judge 'oracle'");
        });
    }

    private void pause() {
        Run paused = MAJORITY.withState(RunState.PAUSED);
        runs.on(paused);
        voting.on(paused);
    }

    private void pauseAndResume() {
        pause();
        runs.on(MAJORITY);
        voting.on(MAJORITY);
    }

    private static Trajectory[] samples(int round, String... answers) {
        Trajectory[] samples = new Trajectory[answers.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sample(round, "q", i, answers[i]);
        }
        return samples;
    }

    private static Trajectory sample(int round, String question, int sample, String answer) {
        return answering(unlabeled("r", round, question).sample(sample), answer);
    }

    private Voted votes(Trajectory... trajectories) {
        return voting.vote(received(trajectories));
    }

    private static List<Double> rewards(Voted voted) {
        return voted.judged().stream().map(judged -> judged.verdict().reward()).toList();
    }

    private static List<Outcome> outcomes(Voted voted) {
        return voted.judged().stream()
                .map(JudgedTrajectory::verdict)
                .map(Verdict::outcome)
                .toList();
    }
}
