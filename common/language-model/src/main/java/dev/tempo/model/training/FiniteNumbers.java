package dev.tempo.model.training;

import java.util.List;
import java.util.function.IntFunction;

/** A check of numbers per token that have come out of a tensor. */
public final class FiniteNumbers {
    private FiniteNumbers() {}

    /**
     * Refuses rows of numbers of which one is NaN or infinite.
     *
     * @param tensor what the numbers are: {@code log-probabilities}, {@code values}
     * @param named what a row belongs to, in words, by its index
     * @throws NonFiniteException naming row, token and number
     */
    public static void require(String tensor, List<float[]> rows, IntFunction<String> named) {
        for (int row = 0; row < rows.size(); row++) {
            int token = firstNotFinite(rows.get(row));
            if (token >= 0) {
                throw new NonFiniteException(
                        tensor,
                        row,
                        tensor + " of " + named.apply(row) + ": number " + token + " is " + rows.get(row)[token]);
            }
        }
    }

    /** The index of the first number that is NaN or infinite; -1 where all are finite. */
    public static int firstNotFinite(float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                return i;
            }
        }
        return -1;
    }
}
