package dev.tempo.algorithm;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One question's samples, counted.
 *
 * @param samples n, how many responses were drawn, at least 1
 * @param correct c, how many of them are correct
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

    /** avg@n: the share of correct samples. */
    public double average() {
        return (double) correct / samples;
    }

    /**
     * The unbiased estimate of the probability that at least one of k samples is correct: 1 - C(n-c, k) / C(n, k)
     * (Chen et al., arXiv 2107.03374).
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

    /** avg@n over a benchmark: the mean over its questions. */
    public static double meanAverage(Collection<PassAtK> questions) {
        return mean(questions, PassAtK::average);
    }

    /** pass@k over a benchmark: the mean over its questions. */
    public static double meanAt(Collection<PassAtK> questions, int k) {
        return mean(questions, question -> question.at(k));
    }

    /**
     * maj@k of one question: 1 if the answer that most of the first k responses give is correct, else 0. Answers are
     * counted letter for letter, on a tie the one seen first; its correctness is that of the first response with it.
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
