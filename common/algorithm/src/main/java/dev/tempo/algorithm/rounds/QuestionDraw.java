package dev.tempo.algorithm.rounds;

import java.util.Arrays;

/**
 * The draw of questions for the rounds of a stage. Every epoch is a random order of all questions, of which each round takes
 * the next {@code perRound}, so no question comes twice in a round or an epoch. Questions that do not fill a round wait for
 * the next epoch's order.
 *
 * @param seed the run's seed
 * @param purpose what is drawn for, so that two uses of one data set draw independently
 * @param questions the number of questions in the data set
 * @param perRound the number of questions that a round takes
 */
public record QuestionDraw(long seed, String purpose, int questions, int perRound) {
    public QuestionDraw {
        if (perRound < 1) {
            throw new IllegalArgumentException("a round must draw at least 1 question, but asks for " + perRound);
        }
        if (perRound > questions) {
            throw new IllegalArgumentException(
                    "a round asks for " + perRound + " questions, but there are only " + questions);
        }
    }

    /**
     * The positions, in the data set, of the questions of a round.
     *
     * @param round counted from 0 at the start of the stage
     */
    public int[] draw(int round) {
        if (round < 0) {
            throw new IllegalArgumentException("rounds count from 0, but got " + round);
        }
        int slots = questions / perRound;
        int epoch = round / slots;
        int slot = round % slots;
        int[] order = CounterRandom.permutation(CounterRandom.key(seed, "question-draw", purpose, epoch), questions);
        return Arrays.copyOfRange(order, slot * perRound, (slot + 1) * perRound);
    }
}
