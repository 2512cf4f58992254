package dev.tempo.algorithm;

import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The reward of SCRL (arXiv 2603.19880, "Selective-Complementary Reinforcement Learning at Test Time"). An answer with share p
 * of all responses is
 *
 * <ul>
 *   <li>the question's label, if it is the most frequent one, p is at least 0.375 and the next answer's share is lower by more
 *       than 0.125; otherwise the question has no label;
 *   <li>a negative label, if it is not the label, p is below 0.125 and its responses are on average at least as uncertain as
 *       all responses are: H_a >= H.
 * </ul>
 *
 * <p>A response earns p for the label, p - 0.125 for a negative label and 0 for any other answer, less 0.1 (H_a - H) for each
 * of these. Without an answer it earns -1.
 *
 * <p>Read in the authors' code, github.com/Jasper-Yan/SCRL at 0b41ca0: labels in {@code determine_pseudo_labels}
 * (verl/verl/trainer/ppo/scrl_utils.py, lines 48 to 144), rewards in the continuous mode of {@code reward_func}
 * (verl/verl/utils/reward_score/scrl_math/__init__.py), numbers in verl/run_example.sh. The text of the paper was not at hand.
 * The mode's own comment says p - 0.375 for the label; the code says p, and so does this.
 *
 * <p>Departures: the code takes the entropy of every token's whole distribution; trajectories carry the drawn token's
 * log-probability, and minus its mean is an unbiased estimate of the same ({@link MeanLogProbability}). Answers are one class
 * if the judge calls them equal ({@link ClusterShare}), where the code compares simplified expressions. Everything that voted
 * is trained on, where the code trains on the first half.
 *
 * @param equal whether a class's first answer (first argument) equals another answer (second)
 */
public record SelectiveVote(BiPredicate<String, String> equal) {
    private static final double LABEL_SHARE = .375;
    private static final double MARGIN = .125;
    private static final double NEGATIVE_SHARE = .125;
    private static final double UNCERTAINTY_WEIGHT = .1;
    private static final double WITHOUT_ANSWER = -1;

    /**
     * The result of the vote; it has no label where the most frequent answer is not frequent enough.
     *
     * @param answers one per response, in sample order; null or blank where a response gave none
     * @param uncertainties one per response, in nats per token
     * @throws IllegalArgumentException if there is no response at all
     */
    public VoteResult count(List<@Nullable String> answers, double[] uncertainties) {
        Shapes.requireLength("uncertainties", uncertainties.length, answers.size());
        double responses = answers.size();
        List<List<Integer>> classes = new ClusterShare(equal).clusters(answers);
        int most = 0;
        int next = 0;
        for (List<Integer> members : classes) {
            if (answered(members, answers)) {
                next = Math.max(next, Math.min(most, members.size()));
                most = Math.max(most, members.size());
            }
        }
        boolean selected = most / responses >= LABEL_SHARE && (next == 0 || (most - next) / responses > MARGIN);
        double overall = mean(uncertainties, null);
        String label = null;
        double[] rewards = new double[answers.size()];
        for (List<Integer> members : classes) {
            double reward = WITHOUT_ANSWER;
            if (answered(members, answers)) {
                double share = members.size() / responses;
                double excess = mean(uncertainties, members) - overall;
                boolean positive = selected && label == null && members.size() == most;
                label = positive ? answers.get(members.get(0)) : label;
                boolean negative = !positive && share < NEGATIVE_SHARE && excess >= 0;
                reward = (positive ? share : negative ? share - NEGATIVE_SHARE : 0) - UNCERTAINTY_WEIGHT * excess;
            }
            for (int i : members) {
                rewards[i] = reward;
            }
        }
        return new VoteResult(label, selected ? most / responses : 0, rewards);
    }

    private static boolean answered(List<Integer> members, List<@Nullable String> answers) {
        return !Votes.isMissing(answers.get(members.get(0)));
    }

    /** The mean over the members of a class, or over all where there is none given. */
    private static double mean(double[] of, @Nullable List<Integer> members) {
        double sum = 0;
        int number = members == null ? of.length : members.size();
        for (int i = 0; i < number; i++) {
            sum += of[members == null ? i : members.get(i)];
        }
        return sum / number;
    }
}
