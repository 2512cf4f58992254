package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.Spot;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a field may hold.
 *
 * @param low the least, or what every one is greater than; null for no bound
 * @param lowIncluded whether {@code low} itself is one of them
 * @param high as {@code low}
 */
public record Range(
        @Nullable BigDecimal low,
        boolean lowIncluded,
        @Nullable BigDecimal high,
        boolean highIncluded) {
    public static final Range ANY = new Range(null, false, null, false);
    public static final Range POSITIVE = new Range(BigDecimal.ZERO, false, null, false);
    public static final Range NOT_NEGATIVE = new Range(BigDecimal.ZERO, true, null, false);

    /** Greater than 0 and at most 1. */
    public static final Range SHARE = new Range(BigDecimal.ZERO, false, BigDecimal.ONE, true);

    /** At least 0 and less than 1. */
    public static final Range DECAY = new Range(BigDecimal.ZERO, true, BigDecimal.ONE, false);

    public static Range of(long low, long high) {
        return new Range(BigDecimal.valueOf(low), true, BigDecimal.valueOf(high), true);
    }

    public void check(Spot spot, BigDecimal value) {
        if (low != null && value.compareTo(low) < (lowIncluded ? 0 : 1)) {
            throw spot.error(
                    "must be " + lowWords() + " but is " + spot.scalar("").text());
        }
        if (high != null && value.compareTo(high) > (highIncluded ? 0 : -1)) {
            throw spot.error(
                    "must be " + highWords() + " but is " + spot.scalar("").text());
        }
    }

    /** Behind "number", with a comma; empty where every number is one. */
    public String words() {
        return (low == null ? "" : ", " + lowWords()) + (high == null ? "" : ", " + highWords());
    }

    public void into(Map<String, Object> schema) {
        if (low != null) {
            schema.put(lowIncluded ? "minimum" : "exclusiveMinimum", low);
        }
        if (high != null) {
            schema.put(highIncluded ? "maximum" : "exclusiveMaximum", high);
        }
    }

    private String lowWords() {
        return (lowIncluded ? "at least " : "greater than ") + low;
    }

    private String highWords() {
        return (highIncluded ? "at most " : "less than ") + high;
    }
}
