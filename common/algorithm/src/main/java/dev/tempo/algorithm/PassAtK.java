package dev.tempo.algorithm;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The counted samples of one question, from which avg@n and pass@k follow.
 *
 * @param samples n, the number of responses drawn, at least 1
 * @param correct c, the number of correct ones
 */
public record PassAtK(int samples, int correct) {
    public PassAtK {
        if (samples < 1) {
            throw new IllegalArgumentException("a question needs at least 1 sample, but got " + samples);
        }
        if (correct < 0 || correct > samples) {
            throw new IllegalArgumentException(correct + " correct out of " + samples + " samples cannot be");
        }
    }

    /** The score avg@n: the share of correct samples. */
    public double average() {
        return (double) correct / samples;
    }

    /**
     * The score pass@k: the unbiased estimate of the probability that at least one of k samples is correct, 1 - C(n-c, k) /
     * C(n, k) (Chen et al., arXiv 2107.03374).
     *
     * @throws IllegalArgumentException unless {@code 1 <= k <= n}
     */
    public double at(int k) {
        if (k < 1 || k > samples) {
            throw new IllegalArgumentException(
                    "pass@" + k + " needs k between 1 and the number of samples, which is " + samples);
        }
        double allWrong = 1;
        for (int i = 0; i < k; i++) {
            allWrong *= (double) Math.max(0, samples - correct - i) / (samples - i);
        }
        return 1 - allWrong;
    }

    /** The score avg@n of a benchmark: the mean over its questions. */
    public static double meanAverage(Collection<PassAtK> questions) {
        return mean(questions, PassAtK::average);
    }

    /** The score pass@k of a benchmark: the mean over its questions. */
    public static double meanAt(Collection<PassAtK> questions, int k) {
        return mean(questions, question -> question.at(k));
    }

    /**
     * The score maj@k of one question: 1 if the answer that most of the first k responses give is correct, otherwise 0.
     * Answers are counted letter for letter, on a tie the one that came first wins; it is correct if the first response with
     * it is.
     *
     * @param answers one per response; null or blank where there is none
     * @param correct the verdict on each response
     * @throws IllegalArgumentException unless {@code 1 <= k <= n}
     */
    public static double majorityAt(int k, List<@Nullable String> answers, boolean[] correct) {
        Shapes.requireLength("correct", correct.length, answers.size());
        if (k < 1 || k > correct.length) {
            throw new IllegalArgumentException(
                    "maj@" + k + " needs k between 1 and the number of samples, which is " + correct.length);
        }
        String label =
                new MajorityVote(String::equals).count(answers.subList(0, k)).label();
        int first = label == null ? -1 : answers.indexOf(label);
        return first >= 0 && correct[first] ? 1 : 0;
    }

    private static double mean(Collection<PassAtK> questions, ToDoubleFunction<PassAtK> score) {
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("a benchmark score needs at least 1 question");
        }
        double sum = 0;
        for (PassAtK question : questions) {
            sum += score.applyAsDouble(question);
        }
        return sum / questions.size();
    }
}
