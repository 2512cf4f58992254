package dev.tempo.verification;

import dev.tempo.verification.Node.Apply;
import dev.tempo.verification.Node.Numeral;
import dev.tempo.verification.Node.Symbol;
import dev.tempo.verification.Node.Word;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes units and other words off a quantity: {@code 64 square feet}, {@code 10\text{ cm}^2}, {@code 60 km/h}. */
final class Units {
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        names("cm", "cm centimeter centimeters centimetre centimetres");
        names("mm", "mm millimeter millimeters");
        names("km", "km kilometer kilometers kilometre kilometres");
        names("m", "m meter meters metre metres");
        names("in", "in inch inches");
        names("ft", "ft foot feet");
        names("yd", "yd yard yards");
        names("mi", "mi mile miles");
        names("kg", "kg kilogram kilograms");
        names("g", "g gram grams");
        names("mg", "mg milligram milligrams");
        names("lb", "lb lbs pound pounds");
        names("oz", "oz ounce ounces");
        names("s", "s sec secs second seconds");
        names("min", "min mins minute minutes");
        names("h", "h hr hrs hour hours");
        names("d", "day days");
        names("week", "week weeks");
        names("month", "month months");
        names("year", "year years yr yrs");
        names("dollar", "dollar dollars usd USD");
        names("cent", "cent cents");
        names("euro", "euro euros");
        names("yuan", "yuan rmb");
        names("liter", "L liter liters litre litres");
        names("ml", "ml mL milliliter milliliters");
        names("mph", "mph");
        names("unit", "unit units");
        names("square", "sq square cubic cu");
        names("kmh", "kmh kph");
        names("rad", "rad rads radian radians");
        names("hz", "Hz");
    }

    private Units() {}

    private static void names(String canonical, String spellings) {
        for (String spelling : spellings.split(" ")) {
            NAMES.put(spelling, canonical);
        }
    }

    /** Whether a single letter is a unit where it is set as text. */
    static boolean isLetter(String letter) {
        return letter.length() == 1 && "mgshLJNWVK".contains(letter);
    }

    static boolean isUnit(String word) {
        return NAMES.containsKey(word);
    }

    /**
     * Takes off a letter that is the unit the other answer is given in, as in 3 h beside 3 hours, and square or cubic
     * metres beside a bare number.
     */
    static Node strip(Node node, Quantity other) {
        if (!(node instanceof Apply product)
                || product.operation() != Operation.MULTIPLY
                || !(product.operands().get(0) instanceof Numeral)) {
            return node;
        }
        Node factor = product.operands().get(1);
        boolean named = factor instanceof Symbol letter && letter.name().equals(other.unit());
        boolean area = other.value() instanceof Numeral
                && factor instanceof Apply power
                && power.operation() == Operation.POWER
                && power.operands().get(0) instanceof Symbol metre
                && metre.name().equals("m")
                && power.operands().get(1) instanceof Numeral exponent
                && (exponent.value().equals(Rational.of(2)) || exponent.value().equals(Rational.of(3)));
        return named || area ? product.operands().get(0) : node;
    }

    /** A quantity without the words behind it, and the name of its first unit where it is a known one. */
    record Quantity(Node value, @Nullable String unit) {}

    static Quantity strip(Node node) {
        Node value = node;
        String unit = null;
        while (value instanceof Apply apply) {
            if (apply.operation() == Operation.ADD) {
                Node right = apply.operands().get(1);
                Quantity last = right instanceof Apply sum && sum.operation() == Operation.ADD
                        ? new Quantity(right, unit)
                        : strip(right);
                return last.value() == apply.operands().get(1)
                        ? new Quantity(value, unit)
                        : new Quantity(new Apply(Operation.ADD, apply.operands().get(0), last.value()), last.unit());
            }
            if (apply.operation() != Operation.MULTIPLY && apply.operation() != Operation.DIVIDE) {
                break;
            }
            Node left = apply.operands().get(0);
            Node right = apply.operands().get(1);
            Word word = unitWord(right);
            if (isSpeed(apply)) {
                return new Quantity(((Apply) left).operands().get(0), "m/s");
            }
            boolean perSymbol = apply.operation() == Operation.DIVIDE && right instanceof Symbol && endsInWord(left);
            if (apply.operation() == Operation.MULTIPLY && left instanceof Word leading && leads(leading, right)) {
                value = right;
            } else if ((word != null || perSymbol) && !(left instanceof Word)) {
                value = left;
                if (word != null && !"square".equals(NAMES.get(word.text())) && NAMES.get(word.text()) != null) {
                    unit = NAMES.get(word.text());
                }
            } else {
                break;
            }
        }
        return new Quantity(value, unit);
    }

    /** {@code 3 m/s}, {@code 9.8 m/s^2}: letters that alone would be variables. */
    private static boolean isSpeed(Apply quotient) {
        Node seconds = quotient.operands().get(1) instanceof Apply power && power.operation() == Operation.POWER
                ? power.operands().get(0)
                : quotient.operands().get(1);
        return quotient.operation() == Operation.DIVIDE
                && seconds instanceof Symbol second
                && second.name().equals("s")
                && quotient.operands().get(0) instanceof Apply product
                && product.operation() == Operation.MULTIPLY
                && product.operands().get(1) instanceof Symbol meter
                && meter.name().equals("m");
    }

    private static boolean leads(Word word, Node right) {
        return (word.text().equals("Rs")
                        || isUnit(word.text())
                        || word.text().equals("about")
                        || word.text().equals("approximately"))
                && right instanceof Numeral;
    }

    private static boolean endsInWord(Node node) {
        return node instanceof Apply apply
                && apply.operation() == Operation.MULTIPLY
                && unitWord(apply.operands().get(1)) != null;
    }

    private static @Nullable Word unitWord(Node node) {
        if (node instanceof Apply power && power.operation() == Operation.POWER) {
            return unitWord(power.operands().get(0));
        }
        return node instanceof Word word && (word.quoted() || isUnit(word.text())) ? word : null;
    }
}
