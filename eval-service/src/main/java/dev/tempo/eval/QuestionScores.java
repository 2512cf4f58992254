package dev.tempo.eval;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.contract.Interval;
import dev.tempo.contract.Score;
import java.util.Arrays;

/** One score of each question of a set, one after the other. Not thread-safe. */
final class QuestionScores {
    private final double[] scores;
    private int size;

    /** @param most questions */
    QuestionScores(int most) {
        scores = new double[most];
    }

    void add(double score) {
        scores[size++] = score;
    }

    int size() {
        return size;
    }

    /** Their mean with its interval; 0 of no question. */
    Score mean(Bootstrap bootstrap) {
        if (size == 0) {
            return new Score(0, new Interval(0, 0));
        }
        Bootstrap.Interval interval = bootstrap.mean(Arrays.copyOf(scores, size));
        return new Score(interval.estimate(), new Interval(interval.low(), interval.high()));
    }
}
