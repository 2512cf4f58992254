package dev.tempo.judge;

import dev.tempo.algorithm.ClusterShare;
import dev.tempo.algorithm.GuardedVote;
import dev.tempo.algorithm.MajorityVote;
import dev.tempo.algorithm.MeanLogProbability;
import dev.tempo.algorithm.SelectiveVote;
import dev.tempo.algorithm.VoteResult;
import dev.tempo.algorithm.Votes;
import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.NoSuchJudgeException;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One question's samples, gathered until all are there and then rewarded by what they say about each other (TTRL:
 * {@link MajorityVote}; EMPO: {@link ClusterShare}; SCRL: {@link SelectiveVote}) or by how probable they were (EM-RL-sequence:
 * {@link MeanLogProbability}, where the majority is counted for the record alone), or also by what was answered in earlier rounds
 * (TTRL-Guard: {@link GuardedVote}). The first record of a sample counts. Not thread-safe.
 *
 * <p>A malformed response gets 0 from the votes of TTRL and EMPO and never agrees with anything. EMPO's code makes it a cluster of its
 * own, worth 1/n; as the one that can never be right it must not earn what a minority answer earns, and the measured
 * experiment gives it 0. It still counts in n. Failed samples are undecided and not counted.
 */
final class VoteBallot {
    private final int samples;
    private final TreeMap<Integer, Received<Trajectory>> received = new TreeMap<>();

    VoteBallot(int samples) {
        this.samples = samples;
    }

    void add(Received<Trajectory> trajectory) {
        int sample = trajectory.message().id().sample();
        if (sample < samples) {
            received.putIfAbsent(sample, trajectory);
        }
    }

    boolean isComplete() {
        return received.size() == samples;
    }

    /** The domain of the question; there is at least one sample. */
    String domain() {
        return received.firstEntry().getValue().message().domain();
    }

    boolean touches(Set<Integer> partitions) {
        return received.values().stream().anyMatch(record -> partitions.contains(record.partition()));
    }

    /** Lowers each partition's offset to that of the ballot's first record in it. */
    void lowerTo(Map<Integer, Long> lowest) {
        received.values().forEach(record -> lowest.merge(record.partition(), record.offset(), Math::min));
    }

    /** The samples' verdicts, in sample order. */
    List<JudgedTrajectory> count(Recipe recipe, VoteHistory history, JudgeChain chain) {
        List<Trajectory> voters = new ArrayList<>();
        List<JudgedTrajectory> judged = new ArrayList<>();
        for (Received<Trajectory> record : received.values()) {
            if (record.message().isFailed()) {
                judged.add(new JudgedTrajectory(record.message(), FailedRollout.verdict(record.message())));
            } else {
                voters.add(record.message());
            }
        }
        if (!voters.isEmpty()) {
            judged.addAll(verdicts(voters, recipe, history, chain));
        }
        judged.sort((a, b) -> a.trajectory().id().compareTo(b.trajectory().id()));
        return judged;
    }

    /** The name that a vote's verdicts carry for a judge. */
    static String nameOf(RewardSource vote) {
        return vote.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<JudgedTrajectory> verdicts(
            List<Trajectory> voters, Recipe recipe, VoteHistory history, JudgeChain chain) {
        Stopwatch count = Stopwatch.start();
        RewardSource vote = recipe.stageOf(request(voters).round()).reward();
        String name = nameOf(vote);
        ExtractingJudge judge;
        try {
            judge = chain.extracting();
        } catch (NoSuchJudgeException unfit) {
            Verdict undecided = verdict(name, Outcome.UNDECIDED, null, null, String.valueOf(unfit.getMessage()), 0);
            return voters.stream()
                    .map(voter -> new JudgedTrajectory(voter, undecided))
                    .toList();
        }
        List<@Nullable String> answers = new ArrayList<>();
        for (Trajectory voter : voters) {
            answers.add(judge.answer(voter.response(), voter.stopReason() == StopReason.END));
        }
        VoteResult ballot = vote == RewardSource.GUARDED_VOTE
                ? guarded(answers, request(voters), recipe, history, judge)
                : count(answers, voters, vote, judge);
        double[] rewards = ballot.rewards();
        String label = ballot.label();
        String none = answers.stream().allMatch(Votes::isMissing)
                ? "none of " + voters.size() + " samples gave an answer"
                : "no answer has enough of " + voters.size() + " votes";
        String reason = label == null
                ? none
                : "'" + label + "' has " + Math.round(ballot.share() * voters.size()) + " of " + voters.size()
                        + " votes";
        double latencyMillis = count.seconds() * 1000 / voters.size();
        List<JudgedTrajectory> judged = new ArrayList<>();
        for (int i = 0; i < rewards.length; i++) {
            String answer = answers.get(i);
            boolean agrees = answer != null && label != null && (answer.equals(label) || judge.equal(label, answer));
            judged.add(new JudgedTrajectory(
                    voters.get(i),
                    verdict(
                            name,
                            agrees ? Outcome.CORRECT : Outcome.WRONG,
                            rewards[i],
                            answer,
                            answer == null ? "malformed; " + reason : reason,
                            latencyMillis)));
        }
        return judged;
    }

    private static VoteResult count(
            List<@Nullable String> answers, List<Trajectory> voters, RewardSource vote, ExtractingJudge judge) {
        double[] logProbs =
                voters.stream().mapToDouble(VoteBallot::meanLogProbability).toArray();
        return switch (vote) {
            case MAJORITY_VOTE -> new MajorityVote(judge::equal).count(answers);
            case CLUSTER_SHARE -> answered(new ClusterShare(judge::equal).count(answers), answers);
            case SELECTIVE_VOTE ->
                new SelectiveVote(judge::equal)
                        .count(
                                answers,
                                Arrays.stream(logProbs).map(mean -> -mean).toArray());
            case MEAN_LOG_PROBABILITY ->
                new MajorityVote(judge::equal).count(answers).rewarding(logProbs);
            case VERDICT, CRITIC, GUARDED_VOTE ->
                throw new IllegalArgumentException("such votes are not counted from samples alone: " + vote);
        };
    }

    private static VoteResult guarded(
            List<@Nullable String> answers,
            RequestId request,
            Recipe recipe,
            VoteHistory history,
            ExtractingJudge judge) {
        long draw = CounterRandom.key(recipe.seed(), "guarded-vote", request.round(), request.question());
        return new GuardedVote(judge::equal).count(history.before(request), answers, CounterRandom.uniform(draw, 0));
    }

    private static RequestId request(List<Trajectory> voters) {
        return voters.get(0).id().request();
    }

    private static VoteResult answered(VoteResult ballot, List<@Nullable String> answers) {
        double[] rewards = ballot.rewards();
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] = answers.get(i) == null ? 0 : rewards[i];
        }
        return ballot.rewarding(rewards);
    }

    private static double meanLogProbability(Trajectory trajectory) {
        return MeanLogProbability.of(
                trajectory.logProbs().toArray(), trajectory.environment().toArray());
    }

    private static Verdict verdict(
            String name,
            Outcome outcome,
            @Nullable Double reward,
            @Nullable String answer,
            String reason,
            double latencyMillis) {
        return new Verdict(outcome, reward, answer, null, name, "1", Verdict.VOTE, reason, null, latencyMillis);
    }
}
