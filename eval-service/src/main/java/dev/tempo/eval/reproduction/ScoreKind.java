package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.PassAtK;

/**
 * A score of a question: avg@n over its n samples, or pass@k.
 *
 * @param pass k; 0 for avg@n
 */
record ScoreKind(int pass) {
    static final ScoreKind AVERAGE = new ScoreKind(0);

    static ScoreKind passAt(int k) {
        return new ScoreKind(k);
    }

    double of(int right, int samples) {
        PassAtK counted = new PassAtK(samples, right);
        return pass == 0 ? counted.average() : counted.at(Math.min(pass, samples));
    }

    String words(int samples) {
        return pass == 0 ? "avg@" + samples : "pass@" + pass;
    }
}
