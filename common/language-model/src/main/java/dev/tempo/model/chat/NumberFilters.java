package dev.tempo.model.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jinja's filters from and to numbers. */
final class NumberFilters {
    private NumberFilters() {}

    static @Nullable Object apply(
            String filter,
            @Nullable Object value,
            List<@Nullable Object> arguments,
            Map<String, @Nullable Object> named) {
        Object first = arguments.isEmpty() ? null : arguments.get(0);
        return switch (filter) {
            case "int" -> whole(value, first == null ? named.getOrDefault("default", 0L) : first);
            case "float" -> real(value, first == null ? named.getOrDefault("default", 0.0) : first);
            case "abs" -> PythonOperators.compare("<", value, 0L) < 0 ? PythonOperators.apply("-", 0L, value) : value;
            default -> rounded(value, first == null ? named.getOrDefault("precision", 0L) : first);
        };
    }

    private static @Nullable Object whole(@Nullable Object value, @Nullable Object otherwise) {
        Object real = real(value, null);
        return real instanceof Double number ? (Object) number.longValue() : otherwise;
    }

    private static @Nullable Object real(@Nullable Object value, @Nullable Object otherwise) {
        Number number = Python.number(value);
        if (number != null) {
            return number.doubleValue();
        }
        try {
            return value instanceof String text ? (Object) Double.valueOf(text.strip()) : otherwise;
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    private static double rounded(@Nullable Object value, @Nullable Object precision) {
        Number number = Python.number(value);
        if (number != null && precision instanceof Long digits) {
            return new BigDecimal(number.doubleValue())
                    .setScale(digits.intValue(), RoundingMode.HALF_EVEN)
                    .doubleValue();
        }
        throw new IllegalArgumentException("round goes by numbers, not by " + PythonOperators.kind(value));
    }
}
