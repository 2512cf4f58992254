package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A range of numbers that a field may hold.
 *
 * @param low the least, or what every one is greater than; null for no bound
 * @param lowIncluded whether {@code low} itself is one of them
 * @param high as {@code low}
 */
public record NumberRange(
        @Nullable BigDecimal low,
        boolean lowIncluded,
        @Nullable BigDecimal high,
        boolean highIncluded) {
    static final NumberRange ANY = new NumberRange(null, false, null, false);
    public static final NumberRange POSITIVE = new NumberRange(BigDecimal.ZERO, false, null, false);
    public static final NumberRange NOT_NEGATIVE = new NumberRange(BigDecimal.ZERO, true, null, false);

    /** Greater than 0 and at most 1. */
    public static final NumberRange SHARE = new NumberRange(BigDecimal.ZERO, false, BigDecimal.ONE, true);

    /** At least 0 and at most 1. */
    public static final NumberRange FRACTION = new NumberRange(BigDecimal.ZERO, true, BigDecimal.ONE, true);

    /** At least 0 and less than 1. */
    public static final NumberRange DECAY = new NumberRange(BigDecimal.ZERO, true, BigDecimal.ONE, false);

    static NumberRange of(long low, long high) {
        return new NumberRange(BigDecimal.valueOf(low), true, BigDecimal.valueOf(high), true);
    }

    /** Refuses a number outside the range. */
    void check(RecipeValue source, BigDecimal value) {
        if (low != null && value.compareTo(low) < (lowIncluded ? 0 : 1)) {
            throw source.error(
                    "must be " + lowWords() + " but is " + source.scalar("").text());
        }
        if (high != null && value.compareTo(high) > (highIncluded ? 0 : -1)) {
            throw source.error(
                    "must be " + highWords() + " but is " + source.scalar("").text());
        }
    }

    /** The range in words, to follow "number"; empty where every number is allowed. */
    String words() {
        return (low == null ? "" : ", " + lowWords()) + (high == null ? "" : ", " + highWords());
    }

    /** Adds the range to a JSON schema. */
    void into(Map<String, Object> schema) {
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
