package dev.tempo.model.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The split of a mini-batch's rows into parts that fit a budget of tokens. */
final class MicroBatches {
    private MicroBatches() {}

    /**
     * The parts of a mini-batch. Rows of similar lengths are put together, so that there is little padding.
     *
     * @param lengths tokens of every row
     * @param budget the tokens, padding included, that a part may have unless it is a single row; 0 for no limit
     * @return per part the indices of its rows
     */
    static List<List<Integer>> of(List<Integer> lengths, int budget) {
        List<Integer> sorted = IntStream.range(0, lengths.size())
                .boxed()
                .sorted(Comparator.comparing(lengths::get))
                .toList();
        List<List<Integer>> parts = new ArrayList<>();
        List<Integer> part = new ArrayList<>();
        for (int row : sorted) {
            long padded = (part.size() + 1L) * lengths.get(row);
            if (!part.isEmpty() && budget > 0 && padded > budget) {
                parts.add(part);
                part = new ArrayList<>();
            }
            part.add(row);
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    static <T> List<T> pick(List<T> all, List<Integer> rows) {
        return rows.stream().map(all::get).toList();
    }
}
