package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shape of whole numbers.
 *
 * @param <T> {@code Integer} or {@code Long}
 */
public final class WholeShape<T extends Number> implements Shape<T> {
    /** Counts of rounds, questions and samples, and tokens of a response: more would overflow what is computed of them. */
    private static final int MOST = 1_000_000;

    /** '_' between digits, which YAML 1.2 reads as a text. */
    private static final String GROUPED = "^[-+]?[0-9]+(_[0-9]+)+$";

    private final @Nullable Integer least;
    private final NumberRange range;
    private final Function<BigDecimal, T> converter;

    private WholeShape(@Nullable Integer least, NumberRange range, Function<BigDecimal, T> converter) {
        this.least = least;
        this.range = range;
        this.converter = converter;
    }

    /** The shape of numbers from {@code least} to a million. */
    public static WholeShape<Integer> atLeast(int least) {
        return new WholeShape<>(least, NumberRange.of(least, MOST), BigDecimal::intValueExact);
    }

    /** The shape of numbers from 0 to the largest {@code int}. */
    public static WholeShape<Integer> upToLargest() {
        return new WholeShape<>(0, NumberRange.of(0, Integer.MAX_VALUE), BigDecimal::intValueExact);
    }

    /** The shape of seeds: any {@code long}. */
    public static WholeShape<Long> seed() {
        return new WholeShape<>(null, NumberRange.of(Long.MIN_VALUE, Long.MAX_VALUE), BigDecimal::longValueExact);
    }

    @Override
    public T read(RecipeValue source, ReadContext context) {
        BigDecimal value = NumberText.of(source, "a whole number");
        range.check(source, value);
        if (value.stripTrailingZeros().scale() > 0) {
            throw source.mustBe("a whole number");
        }
        return converter.apply(value);
    }

    @Override
    public Object write(T value, WriteContext context) {
        return value;
    }

    @Override
    public String words() {
        return "whole number" + (least == null ? "" : ", at least " + least);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("integer", "string"));
        range.into(schema);
        schema.put("pattern", GROUPED);
        return schema;
    }
}
