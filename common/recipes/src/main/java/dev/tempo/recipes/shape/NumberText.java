package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers as recipes write them: decimal, with a point, an exponent or '_' between digits if wanted. */
public final class NumberText {
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?=[0-9.]*[0-9])[0-9]*(_[0-9]+)*(\\.([0-9]+(_[0-9]+)*)?)?([eE][-+]?[0-9]{1,6})?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9_].*");
    private static final Pattern OTHER_BASE = Pattern.compile("[-+]?0[xXoObB][0-9a-fA-F]+");
    private static final Pattern NOT_FINITE = Pattern.compile("(?i)[-+]?\\.?(inf|infinity|nan)");

    private NumberText() {}

    /**
     * The number that is written in a field.
     *
     * @param expected what the field holds, like "a whole number"
     */
    static BigDecimal of(RecipeValue source, String expected) {
        YamlScalar scalar = source.scalar(expected);
        String text = scalar.text();
        if (!scalar.plain()) {
            throw source.error("must be " + expected + " but is " + scalar.shown() + "; leave the quotes out");
        }
        if (LEADING_ZERO.matcher(text).matches() && DECIMAL.matcher(text).matches()) {
            throw source.error(
                    "is '" + text + "', which some read as octal; write it without the zeros it begins with");
        }
        if (OTHER_BASE.matcher(text).matches()) {
            throw source.error("must be " + expected + " in decimal but is '" + text + "'");
        }
        if (NOT_FINITE.matcher(text).matches()) {
            throw source.error("must be " + expected + " that is finite but is '" + text + "'");
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw source.mustBe(expected);
        }
        return new BigDecimal(text.replace("_", ""));
    }

    /** A default as the reference shows it, an integer or a decimal without an exponent if it is short so. */
    static String shown(Object value) {
        return value instanceof Double number ? decimal(number) : String.valueOf(value);
    }

    public static String decimal(double number) {
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        return exact.scale() <= 0 && exact.precision() - exact.scale() <= 15 ? exact.toPlainString() : exact.toString();
    }
}
