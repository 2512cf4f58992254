package dev.tempo.verification;

import dev.tempo.verification.value.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * A seeded order of answer options, so that the right one is not always (A), as in GPQA. The same seed gives the same
 * order on every JDK.
 *
 * @param order position in the data set of the option shown at each place
 */
public record OptionOrder(List<Integer> order) {
    public OptionOrder {
        order = List.copyOf(order);
        if (order.isEmpty() || order.size() > 26) {
            throw new IllegalArgumentException("Options have letters A to Z, but there are " + order.size());
        }
        for (int option = 0; option < order.size(); option++) {
            if (!order.contains(option)) {
                throw new IllegalArgumentException("Not an order of " + order.size() + " options: " + order);
            }
        }
    }

    /**
     * The order that a seed gives.
     *
     * @param options how many options there are, 1 to 26
     */
    public static OptionOrder of(int options, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int option = 0; option < options; option++) {
            // Each option is put at a random place among those before it.
            order.add((int) (Hash.of("option " + option, seed) % (option + 1L)), option);
        }
        return new OptionOrder(order);
    }

    /** The letter under which an option of the data set is shown. */
    public char letterOf(int option) {
        int place = order.indexOf(option);
        if (place < 0) {
            throw new IllegalArgumentException("There are " + order.size() + " options, but none is " + option);
        }
        return (char) ('A' + place);
    }

    public <T> List<T> arrange(List<T> options) {
        if (options.size() != order.size()) {
            throw new IllegalArgumentException(
                    "The order is of " + order.size() + " options, but " + options.size() + " were given");
        }
        return order.stream().map(options::get).toList();
    }
}
