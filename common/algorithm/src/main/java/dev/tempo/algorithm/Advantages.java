package dev.tempo.algorithm;

import dev.tempo.contract.recipe.Baseline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The advantage of each token: how much better the response turned out than was expected there. Advantages weight the
 * policy's log-probabilities (Eq. 11, 12).
 */
public final class Advantages {
    private static final double ZERO_DEVIATION = 1e-6;

    private Advantages() {}

    /**
     * The advantages A_t = R - V_{t-1} or R - V_t of the tokens t = 1..n of one response (Eq. 11).
     *
     * @param reward R: the last value V_n where the critic rewards, otherwise the reward of a verdict or vote
     * @param values V_0 (at the prompt's last token) to V_n (at the last response token), n + 1 of them
     * @param baseline one of the critic's: {@link Baseline#BEFORE} for V_{t-1} or {@link Baseline#AFTER} for V_t
     * @return n advantages; none for a response without tokens
     * @throws IllegalArgumentException if there is no value at all, or the baseline is not a value of the critic
     */
    public static double[] of(double reward, double[] values, Baseline baseline) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a trajectory has n + 1 values for its n tokens, but got none");
        }
        int shift = switch (baseline) {
            case BEFORE -> 0;
            case AFTER -> 1;
            case GROUP, NONE ->
                throw new IllegalArgumentException("baseline " + baseline + " is not a value of the critic");
        };
        double[] advantages = new double[values.length - 1];
        for (int t = 0; t < advantages.length; t++) {
            advantages[t] = reward - values[t + shift];
        }
        return advantages;
    }

    /**
     * The reward that the critic gives a response: R = V_n, the value at the last response token (Eq. 11).
     *
     * @param values V_0 to V_n
     * @throws IllegalArgumentException if there is no value
     */
    public static double criticReward(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a trajectory has n + 1 values for its n tokens, but got none");
        }
        return values[values.length - 1];
    }

    /**
     * The least of a response's last values, a reward that one high value at its end does not raise.
     *
     * @param values V_0 to V_n
     * @param number of values that count, at least 1; V_0 counts only for a response without tokens
     * @throws IllegalArgumentException if there is no value, or none counts
     */
    public static double leastOfLast(double[] values, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("the least of " + number + " values cannot be");
        }
        double least = criticReward(values);
        for (int t = values.length - 2; t >= Math.max(1, values.length - number); t--) {
            least = Math.min(least, values[t]);
        }
        return least;
    }

    /**
     * The advantages of a batch whitened over the tokens that the policy wrote: (A - mean) / sqrt(unbiased variance + 1e-8).
     * Other tokens get 0. If the policy wrote fewer than two tokens there is nothing to compare: all get 0.
     *
     * @param advantages [response][token]
     * @param policyMask true for the tokens that the policy wrote, [response][token]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double[][] whitened(double[][] advantages, boolean[][] policyMask) {
        Shapes.requireRows("advantages", advantages, policyMask);
        double[][] result = Shapes.like(policyMask);
        if (MaskedStatistics.count(policyMask) < 2) {
            return result;
        }
        double[][] everywhere = MaskedStatistics.whiten(advantages, policyMask);
        for (int i = 0; i < result.length; i++) {
            for (int t = 0; t < result[i].length; t++) {
                result[i][t] = policyMask[i][t] ? everywhere[i][t] : 0;
            }
        }
        return result;
    }

    /**
     * The group-normalised advantages of GRPO (arXiv 2402.03300): (score - mean of its group) / (deviation + epsilon), with
     * the deviation's n - 1. In a group of one the mean counts as 0 and the deviation as 1, so the score stays.
     *
     * @param scores one per response
     * @param groups the question of each response, compared by equals
     * @param divideByDeviation false: only the mean is subtracted
     * @param epsilon added to the deviation
     * @return one advantage per response, for all of its tokens
     */
    public static double[] groupNormalised(double[] scores, List<?> groups, boolean divideByDeviation, double epsilon) {
        return normalised(scores, groups, divideByDeviation, epsilon, false);
    }

    static double[] normalised(
            double[] scores, List<?> groups, boolean divideByDeviation, double epsilon, boolean zeroForGroupOfOne) {
        double[] result = new double[scores.length];
        for (List<Integer> members : membersByGroup(scores, groups)) {
            boolean alone = members.size() == 1;
            double mean = alone ? 0 : mean(scores, members);
            double deviation = alone ? 1 : Math.sqrt(squaredDeviations(scores, members, mean) / (members.size() - 1));
            for (int i : members) {
                double centred = alone && zeroForGroupOfOne ? 0 : scores[i] - mean;
                result[i] = divideByDeviation ? centred / (deviation + epsilon) : centred;
            }
        }
        return result;
    }

    /**
     * Whether a group stays in the batch: a labeled group whose scores are all alike (population deviation below 1e-6)
     * teaches nothing and is dropped; an unlabeled one always stays.
     *
     * @param scores one per response of the group
     * @param labeled whether the group's question is labeled
     */
    public static boolean isKept(double[] scores, boolean labeled) {
        if (!labeled) {
            return true;
        }
        if (scores.length == 0) {
            return false;
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            all.add(i);
        }
        double variance = squaredDeviations(scores, all, mean(scores, all)) / scores.length;
        return Math.sqrt(variance) >= ZERO_DEVIATION;
    }

    /**
     * The group filter over a batch: for each response, whether its group is {@linkplain #isKept kept}.
     *
     * @param scores one per response
     * @param groups the question of each response, compared by equals
     * @param labeled whether each response's question is labeled; all of a group must agree
     * @throws IllegalArgumentException if the lengths differ, or a group holds labeled and unlabeled responses
     */
    public static boolean[] kept(double[] scores, List<?> groups, boolean[] labeled) {
        Shapes.requireLength("labeled", labeled.length, scores.length);
        boolean[] kept = new boolean[scores.length];
        for (List<Integer> members : membersByGroup(scores, groups)) {
            double[] own = new double[members.size()];
            for (int j = 0; j < own.length; j++) {
                own[j] = scores[members.get(j)];
                if (labeled[members.get(j)] != labeled[members.get(0)]) {
                    throw new IllegalArgumentException(
                            "group " + groups.get(members.get(0)) + " holds labeled and unlabeled responses");
                }
            }
            boolean stays = isKept(own, labeled[members.get(0)]);
            for (int i : members) {
                kept[i] = stays;
            }
        }
        return kept;
    }

    private static Iterable<List<Integer>> membersByGroup(double[] scores, List<?> groups) {
        Shapes.requireLength("groups", groups.size(), scores.length);
        Map<Object, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < scores.length; i++) {
            members.computeIfAbsent(groups.get(i), group -> new ArrayList<>()).add(i);
        }
        return members.values();
    }

    private static double mean(double[] scores, List<Integer> members) {
        double sum = 0;
        for (int i : members) {
            sum += scores[i];
        }
        return sum / members.size();
    }

    private static double squaredDeviations(double[] scores, List<Integer> members, double mean) {
        double sum = 0;
        for (int i : members) {
            sum += (scores[i] - mean) * (scores[i] - mean);
        }
        return sum;
    }
}
