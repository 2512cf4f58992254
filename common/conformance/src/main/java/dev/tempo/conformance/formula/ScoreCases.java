package dev.tempo.conformance.formula;

import dev.tempo.algorithm.ClusterShare;
import dev.tempo.algorithm.CriticQuality;
import dev.tempo.algorithm.MajorityVote;
import dev.tempo.algorithm.PassAtK;
import dev.tempo.algorithm.VoteQuality;
import dev.tempo.algorithm.VoteResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The fixture cases of votes, pass@k and the critic's quality. */
final class ScoreCases {
    private ScoreCases() {}

    static void majorityVote(FixtureCase one) {
        List<@Nullable String> answers = answers(one);
        List<?> groups = one.list("equivalent");
        BiPredicate<String, String> equal = (a, b) -> a.equals(b)
                || groups.stream()
                        .map(group -> Json.list("equivalent", group))
                        .anyMatch(group -> group.contains(a) && group.contains(b));
        VoteResult ballot = new MajorityVote(equal).count(answers);
        one.expect("estimated_label", ballot::label);
        one.expect("rewards", ballot::rewards);
        one.expect("majority_ratio", ballot::share);
        one.ignore("reference_raises");
        if (one.has("truth")) {
            String truth = one.text("truth");
            boolean[] correct = new boolean[answers.size()];
            for (int i = 0; i < correct.length; i++) {
                String answer = answers.get(i);
                correct[i] = answer != null && equal.test(answer, truth);
            }
            String label = ballot.label();
            VoteQuality quality = VoteQuality.of(ballot.rewards(), correct, label != null && equal.test(label, truth));
            one.expect("label_accuracy", quality::labelAccuracy);
            one.expect("reward_accuracy", quality::rewardAccuracy);
            one.expect("ground_truth_ratio", quality::groundTruthRatio);
            one.expect("majority_voting_reward", quality::meanReward);
            one.expect("pass_at_n", quality::passAtN);
        }
    }

    static void clusterShare(FixtureCase one) {
        List<@Nullable String> answers = answers(one);
        double[][] pairs = one.matrix("pairwise_equal");
        // The matrix is by position and equality by text, so the votes are taken over the positions as texts.
        List<@Nullable String> positions = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String answer = answers.get(i);
            positions.add(answer == null || answer.isBlank() ? null : String.valueOf(i));
        }
        ClusterShare vote =
                new ClusterShare((founder, other) -> pairs[Integer.parseInt(founder)][Integer.parseInt(other)] != 0);
        List<List<Integer>> clusters = vote.clusters(positions);
        List<Integer> largest = clusters.get(0);
        for (List<Integer> cluster : clusters) {
            largest = cluster.size() > largest.size() ? cluster : largest;
        }
        String label = answers.get(largest.get(0));
        double majority = (double) largest.size() / answers.size();
        double[] rewards = vote.count(positions).rewards();
        one.expect("cluster_frequency", () -> rewards);
        one.expect("cluster_sizes", () -> clusters.stream().map(List::size).toList());
        one.expect("reward_entropy", () -> rewards);
        one.expect("reward_voting", () -> ClusterShare.votingRewards(clusters));
        one.expect("estimated_label", () -> label);
        one.expect("majority_ratio", () -> majority);
        one.expect("semantic_entropy", () -> ClusterShare.semanticEntropy(clusters));
        one.ignore("original_trl_variant");
        one.ignore("reference_raises");
    }

    static void passAtK(FixtureCase one) {
        PassAtK question = new PassAtK((int) one.number("samples"), (int) one.number("correct"));
        one.expect("avg", question::average);
        for (Map.Entry<?, ?> entry :
                Json.object("pass_at", one.expected("pass_at")).entrySet()) {
            String k = String.valueOf(entry.getKey());
            one.compareWithin("pass_at", "pass_at." + k, entry.getValue(), question.at(Integer.parseInt(k)));
        }
    }

    static void criticQuality(FixtureCase one) {
        double[] scores = one.vector("scores");
        double[] confidences = one.vector("confidences");
        boolean[] correct = new boolean[scores.length];
        IntStream.range(0, scores.length).forEach(i -> correct[i] = scores[i] > 0);
        one.expect("auroc", () -> CriticQuality.auc(confidences, correct));
        one.expect("explained_variance", () -> CriticQuality.explainedVariance(confidences, scores));
        one.expect("mean_score", () -> Arrays.stream(scores).average().orElse(Double.NaN));
        one.expect("mean_confidence", () -> Arrays.stream(confidences).average().orElse(Double.NaN));
    }

    private static List<@Nullable String> answers(FixtureCase one) {
        List<@Nullable String> answers = new ArrayList<>();
        for (Object answer : one.list("answers")) {
            answers.add(answer == null ? null : Json.text("answers", answer));
        }
        return answers;
    }
}
