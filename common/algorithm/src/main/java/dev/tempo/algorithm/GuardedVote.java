package dev.tempo.algorithm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The reward of TTRL-Guard (arXiv 2605.19444), a majority vote that looks at how a question was voted on in earlier rounds. It
 * begins with the group-normalised advantages A of TTRL's rewards ({@link MajorityVote}, {@link Advantages#groupNormalised}).
 * The vote flips where the label is another one than in the question's round before. Then
 *
 * <ul>
 *   <li>scaling (FRS): A is multiplied by 0.5 if the vote flips, and by 0.7 more if it does so with more than 0.6 of the votes;
 *       by 0.85 if it has never flipped in 5 rounds or more and the label's mean share of the last 5 is above 0.6, in the
 *       first 5 rounds of which that is true;
 *   <li>sparse updates (RCSU): A is multiplied by 0 with probability 0.7 if the vote has ever flipped, in 5 rounds or more, and
 *       the label's mean share of the last 5 is above 0.7;
 *   <li>minorities (MPS): if the vote flips, an answer other than the label with a quarter of the votes or more is given 0.3 of
 *       the group's mean |A| (after the factors above, plus 1e-6), shared among such answers by their votes; a response without
 *       an answer is given 0.05 of the mean of these gifts.
 * </ul>
 *
 * <p>Read in the authors' code, github.com/linhxkkkk/TTRL-Guard at e88562e, verl/verl/trainer/ppo/ttrl_utils.py: {@code
 * TTRLGuard.step}, {@code compute_guard_advantage}, {@code apply_mps_bonus_to_advantage}, with the numbers that {@code TTRLGuard}
 * has by itself; the text of the paper was not at hand. Its weights act on advantages, not on rewards, which group normalisation
 * would free of any factor. That is why these rewards are advantages: a stage takes them with the baseline {@code none}.
 * Minorities are given something only in the round of a flip, since the code scales the gift with the flip rate, 0 or 1.
 *
 * <p>Departures: sparse updates leave out any number of a round's questions, where the code stops at a quarter of them (a
 * question is counted without the others). The code reads {@code vote_counts}, which nothing in it writes, so that its
 * minorities are given nothing; here they are, as its comments and README say. Its mean |A| is over tokens with padding, this
 * is over responses. Votes for the label are counted as {@link MajorityVote} counts them;
 * whether an answer is the label, or two are one minority, says the judge, instead of a simplification of expressions.
 *
 * @param equal whether an answer (first) equals a label (second)
 */
public record GuardedVote(BiPredicate<String, String> equal) {
    private static final int WINDOW = 5;
    private static final double MAJORITY = .6;
    private static final double FLIPPED = .5;
    private static final double CONFIDENT = .3;
    private static final double RISKY = .7;
    private static final double SKIPPED = .7;
    private static final double GIFT = .3;
    private static final double GIFT_WITHOUT_ANSWER = .05;
    private static final int MINORITY = 4;
    private static final double EPSILON = 1e-6;

    /**
     * The result of a question's vote.
     *
     * @param earlier the answers of the question's earlier rounds, oldest first, as {@code answers}
     * @param answers one per response, in sample order; null or blank where a response gave none
     * @param draw uniform in [0, 1): below 0.7 a sparse update leaves the question out
     * @throws IllegalArgumentException if a round has no response at all
     */
    public VoteResult count(List<List<@Nullable String>> earlier, List<@Nullable String> answers, double draw) {
        MajorityVote vote = new MajorityVote(equal);
        List<VoteResult> rounds = new ArrayList<>();
        earlier.forEach(round -> rounds.add(vote.count(round)));
        VoteResult present = vote.count(answers);
        rounds.add(present);
        double weight = weight(rounds, draw);
        double[] rewards =
                Advantages.groupNormalised(present.rewards(), Collections.nCopies(answers.size(), ""), true, EPSILON);
        double magnitude = 0;
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] *= weight;
            magnitude += Math.abs(rewards[i]) / rewards.length;
        }
        if (flips(rounds, rounds.size() - 1)) {
            give(answers, present.rewards(), rewards, magnitude + EPSILON);
        }
        return present.rewarding(rewards);
    }

    private double weight(List<VoteResult> rounds, double draw) {
        boolean competed = false;
        int steady = 0;
        double weight = 1;
        for (int round = 0; round < rounds.size(); round++) {
            boolean flips = flips(rounds, round);
            competed |= flips;
            boolean known = round + 1 >= WINDOW;
            double share = rounds.subList(Math.max(0, round + 1 - WINDOW), round + 1).stream()
                    .mapToDouble(VoteResult::share)
                    .average()
                    .orElseThrow();
            weight = flips ? FLIPPED * (rounds.get(round).share() > MAJORITY ? 1 - CONFIDENT : 1) : 1;
            if (!competed && known && share > MAJORITY && steady < WINDOW) {
                weight *= 1 - CONFIDENT / 2;
                steady++;
            }
            weight *= competed && known && share > RISKY && draw < SKIPPED ? 0 : 1;
        }
        return weight;
    }

    private boolean flips(List<VoteResult> rounds, int round) {
        String before = round == 0 ? null : rounds.get(round - 1).label();
        String label = rounds.get(round).label();
        boolean same = Objects.equals(before, label) || (before != null && label != null && equal.test(label, before));
        return round > 0 && !same;
    }

    /** @param agreeing 1 for a response whose answer is the label, by the vote itself; otherwise 0 */
    private void give(List<@Nullable String> answers, double[] agreeing, double[] rewards, double magnitude) {
        Map<String, Integer> minorities = new LinkedHashMap<>();
        List<@Nullable String> minorityOf = new ArrayList<>();
        for (int i = 0; i < agreeing.length; i++) {
            String answer = answers.get(i);
            String minority = answer == null || Votes.isMissing(answer) || agreeing[i] > 0
                    ? null
                    : alike(answer, minorities.keySet());
            minorityOf.add(minority);
            if (minority != null) {
                minorities.merge(minority, 1, Integer::sum);
            }
        }
        minorities.values().removeIf(votes -> votes < Math.max(1, answers.size() / MINORITY));
        double votes = minorities.values().stream().mapToInt(number -> number).sum();
        for (int i = 0; i < rewards.length && votes > 0; i++) {
            String minority = minorityOf.get(i);
            double share = Votes.isMissing(answers.get(i))
                    ? GIFT_WITHOUT_ANSWER / minorities.size()
                    : minority == null ? 0 : minorities.getOrDefault(minority, 0) / votes;
            rewards[i] += GIFT * share * magnitude;
        }
    }

    /** The answer that stands for all that equal it: the first of them. */
    private String alike(String answer, Collection<String> before) {
        return before.stream()
                .filter(other -> equal.test(answer, other))
                .findFirst()
                .orElse(answer);
    }
}
