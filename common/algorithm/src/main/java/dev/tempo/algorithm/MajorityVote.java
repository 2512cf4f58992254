package dev.tempo.algorithm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The reward of TTRL (arXiv 2504.16084). The label is the answer that most responses give, letter for letter (on a tie the
 * one that came first); a response gets 1 if its answer equals the label, otherwise 0. Missing answers do not vote and
 * cannot win; without any answer there is no label and every reward is 0.
 *
 * @param equal whether an answer (first) equals the label (second), for instance by mathematical equality
 */
public record MajorityVote(BiPredicate<String, String> equal) implements Votes {
    @Override
    public VoteResult count(List<@Nullable String> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("a vote needs at least 1 response");
        }
        Map<String, Integer> votes = new LinkedHashMap<>();
        for (String answer : answers) {
            if (answer != null && !Votes.isMissing(answer)) {
                votes.merge(answer, 1, Integer::sum);
            }
        }
        String label = null;
        int most = 0;
        for (Map.Entry<String, Integer> vote : votes.entrySet()) {
            if (vote.getValue() > most) {
                label = vote.getKey();
                most = vote.getValue();
            }
        }
        double[] rewards = new double[answers.size()];
        for (int i = 0; i < rewards.length; i++) {
            String answer = answers.get(i);
            rewards[i] = answer != null && label != null && agrees(answer, label) ? 1 : 0;
        }
        return new VoteResult(label, (double) most / answers.size(), rewards);
    }

    private boolean agrees(String answer, String label) {
        return !Votes.isMissing(answer) && (answer.equals(label) || equal.test(answer, label));
    }
}
