package dev.tempo.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The reward of EMPO (arXiv 2504.05812). Answers are clustered in their order, each joining the first cluster whose first
 * answer it equals; a response's reward is its cluster's share of all responses. A missing answer is a cluster of its own.
 *
 * @param equal whether a cluster's first answer (first argument) equals another answer (second)
 */
public record ClusterShare(BiPredicate<String, String> equal) implements Votes {
    @Override
    public VoteResult count(List<@Nullable String> answers) {
        List<List<Integer>> clusters = clusters(answers);
        double[] rewards = new double[answers.size()];
        String label = null;
        int most = 0;
        for (List<Integer> members : clusters) {
            for (int i : members) {
                rewards[i] = (double) members.size() / answers.size();
            }
            String founder = answers.get(members.get(0));
            if (!Votes.isMissing(founder) && members.size() > most) {
                label = founder;
                most = members.size();
            }
        }
        return new VoteResult(label, (double) most / answers.size(), rewards);
    }

    /**
     * The clusters in the order of their first answers, each as the positions of its members in ascending order.
     *
     * @param answers one per response; null or blank where a response gave none
     * @throws IllegalArgumentException if there is no response at all
     */
    public List<List<Integer>> clusters(List<@Nullable String> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("a vote needs at least 1 response");
        }
        List<List<Integer>> clusters = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            List<Integer> joined = clusterOf(answers.get(i), clusters, answers);
            if (joined == null) {
                joined = new ArrayList<>();
                clusters.add(joined);
            }
            joined.add(i);
        }
        return clusters;
    }

    /**
     * The rewards of voting by clusters: 1 for each member of a largest cluster (of all largest ones, on a tie), otherwise
     * 0.
     *
     * @param clusters as {@link #clusters} gives them
     */
    public static double[] votingRewards(List<List<Integer>> clusters) {
        int responses = 0;
        int largest = 0;
        for (List<Integer> members : clusters) {
            responses += members.size();
            largest = Math.max(largest, members.size());
        }
        double[] rewards = new double[responses];
        for (List<Integer> members : clusters) {
            for (int i : members) {
                rewards[i] = members.size() == largest ? 1 : 0;
            }
        }
        return rewards;
    }

    /**
     * The semantic entropy in nats: -sum p ln p over the clusters' shares p; 0 if all responses agree.
     *
     * @param clusters as {@link #clusters} gives them
     */
    public static double semanticEntropy(List<List<Integer>> clusters) {
        int responses = 0;
        for (List<Integer> members : clusters) {
            responses += members.size();
        }
        double entropy = 0;
        for (List<Integer> members : clusters) {
            double share = (double) members.size() / responses;
            entropy -= share * Math.log(share);
        }
        return entropy;
    }

    private @Nullable List<Integer> clusterOf(
            @Nullable String answer, List<List<Integer>> clusters, List<@Nullable String> answers) {
        if (answer == null || Votes.isMissing(answer)) {
            return null;
        }
        for (List<Integer> members : clusters) {
            String founder = answers.get(members.get(0));
            if (founder != null
                    && !Votes.isMissing(founder)
                    && (founder.equals(answer) || equal.test(founder, answer))) {
                return members;
            }
        }
        return null;
    }
}
