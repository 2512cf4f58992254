package dev.tempo.standalone.reproduce;

import dev.tempo.contract.UserException;
import java.util.List;
import java.util.TreeSet;

/** Seeds and ranges of them, as {@code --seeds} takes them. */
final class SeedNumbers {
    private static final long MOST_SEEDS = 1000;

    private SeedNumbers() {}

    /**
     * Those that a text such as {@code 0-2,7} names, in order.
     *
     * @throws UserException if it is none
     */
    static List<Long> of(String text) {
        TreeSet<Long> numbers = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            if (!part.strip().matches("\\d{1,9}(-\\d{1,9})?")) {
                throw new UserException("--seeds takes seeds and ranges of them such as 0-2,7, but not '" + part + "'");
            }
            int dash = part.indexOf('-');
            long first = Long.parseLong((dash < 0 ? part : part.substring(0, dash)).strip());
            long last = Long.parseLong(part.substring(dash + 1).strip());
            if (last < first || last - first >= MOST_SEEDS) {
                throw new UserException("--seeds: the range " + part + " is empty or has more than " + MOST_SEEDS
                        + " seeds; write the lower one first");
            }
            for (long seed = first; seed <= last; seed++) {
                numbers.add(seed);
            }
        }
        return List.copyOf(numbers);
    }
}
