package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Node.Word;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Rational;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Units and other words behind a quantity, which are taken off: {@code 64 square feet}, {@code 10\text{ cm}^2},
 * {@code 60 km/h}.
 */
public final class Units {
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
        names("cm", "厘米 公分");
        names("mm", "毫米");
        names("km", "千米 公里");
        names("m", "米");
        names("kg", "千克 公斤");
        names("g", "克");
        names("mg", "毫克");
        names("t", "吨");
        names("liter", "升");
        names("ml", "毫升");
        names("s", "秒 秒钟");
        names("min", "分钟");
        names("h", "小时 时");
        names("d", "天 日");
        names("yuan", "元 块钱 人民币");
        names("square", "平方 立方");
        names("cm", "平方厘米 立方厘米");
        names("m", "平方米 立方米");
        names("km", "平方千米 平方公里");
    }

    private static final int MAX_NESTING = 8;

    /** First characters of counting words. */
    private static final String COUNTERS = "个种名只条次人位元本张件把支台辆棵块页层级排行列组对双倍环场局根头匹间座所份圈步袋箱瓶杯盒枚朵颗粒滴道题句首篇"
            + "门家户段片堆群批套串班年天岁角分周月日回円個枚匹冊点개명원번가지살長美人民币盆節节束幅艘架口株单位平立方摄毫厘通项";

    /** The words that would change or deny the number in front of them. */
    private static final Pattern RESERVED = Pattern.compile("[不非无没未否万亿百千十以左或半几错]|上下|多个");

    /** Chinese in front of a value that says no more than that it follows. */
    private static final Pattern LEADING =
            Pattern.compile("(?!.*(?:[不非无没未否或]|大于|小于|多于|少于|超过|至少|至多|最多|最少|可能|错))(?:.*(?:[为是有共得即约第计]|等于|需要|大约)|一共|答案?)");

    private Units() {}

    private static void names(String canonical, String spellings) {
        for (String spelling : spellings.split(" ")) {
            NAMES.put(spelling, canonical);
        }
    }

    /** Whether a single letter is a unit where it is set as text. */
    static boolean isLetter(String letter) {
        return letter.length() == 1 && "mgshLJNWVKACTF".contains(letter);
    }

    public static boolean isUnit(String word) {
        return NAMES.containsKey(word) || isEastern(word) && isCounter(word);
    }

    /**
     * The node without a letter that is the unit of the other answer, as in 3 h beside 3 hours, and square or cubic
     * metres beside a bare number.
     */
    public static Node strip(Node node, Quantity other) {
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

    /** A quantity without the words behind it, and the names of its units where they are known ones. */
    public record Quantity(Node value, @Nullable String unit) {}

    public static Quantity strip(Node node) {
        if (node instanceof Apply apply && apply.operation() == Operation.ADD) {
            Node right = apply.operands().get(1);
            Quantity last = right instanceof Apply sum && sum.operation() == Operation.ADD
                    ? new Quantity(right, null)
                    : strip(right);
            return last.value() == right
                    ? new Quantity(node, null)
                    : new Quantity(new Apply(Operation.ADD, apply.operands().get(0), last.value()), last.unit());
        }
        List<String> names = new ArrayList<>();
        Node value = peeled(node, names, 0);
        return new Quantity(value, names.isEmpty() ? null : String.join(" ", names));
    }

    /** A product or quotient without the units it ends in, whose names are put in front of those found before. */
    private static Node peeled(Node node, List<String> names, int depth) {
        Node value = node;
        while (depth < MAX_NESTING
                && value instanceof Apply apply
                && (apply.operation() == Operation.MULTIPLY || apply.operation() == Operation.DIVIDE)) {
            Node left = apply.operands().get(0);
            Node right = apply.operands().get(1);
            boolean behindUnit = endsInUnit(left, depth);
            if (apply.operation() == Operation.MULTIPLY && left instanceof Word leading && leads(leading, right)) {
                value = right;
            } else if (isSpeed(apply)) {
                names.addAll(0, List.of("m", "s"));
                value = withoutMetre(left);
            } else if (isUnit(right, behindUnit, depth) && !(left instanceof Word)) {
                name(right, names, depth);
                value = left;
            } else if (!names.isEmpty()
                    && right instanceof Symbol micro
                    && micro.name().equals("mu")) {
                value = left;
            } else if (isOhm(right) && isAmount(left)) {
                value = left instanceof Apply product
                                && isPrefix(product.operands().get(1))
                        ? product.operands().get(0)
                        : left;
            } else {
                Node rest = right instanceof Apply ? peeled(right, names, depth + 1) : right;
                return rest == right ? value : new Apply(apply.operation(), left, rest);
            }
        }
        return value;
    }

    private static void name(Node unit, List<String> names, int depth) {
        if (unit instanceof Word word) {
            String known = NAMES.get(word.text());
            if (known != null && !known.equals("square")) {
                names.add(0, known);
            }
        } else if (unit instanceof Apply apply && depth < MAX_NESTING) {
            name(apply.operands().get(0), names, depth + 1);
        }
    }

    /** A unit, a power of one, or a product of units; a single letter is one behind another unit only. */
    private static boolean isUnit(Node node, boolean behindUnit, int depth) {
        if (node instanceof Word word) {
            return word.quoted() && !isEastern(word.text()) || isUnit(word.text());
        }
        if (node instanceof Symbol symbol) {
            return behindUnit && (symbol.name().length() == 1 || symbol.name().equals("Omega"));
        }
        if (!(node instanceof Apply apply) || depth >= MAX_NESTING) {
            return false;
        }
        return switch (apply.operation()) {
            case POWER -> isUnit(apply.operands().get(0), behindUnit, depth + 1);
            case MULTIPLY, DIVIDE ->
                isUnit(apply.operands().get(0), behindUnit, depth + 1)
                        && isUnit(apply.operands().get(1), true, depth + 1);
            default -> false;
        };
    }

    private static boolean endsInUnit(Node node, int depth) {
        return node instanceof Apply apply
                && (apply.operation() == Operation.MULTIPLY || apply.operation() == Operation.DIVIDE)
                && (isUnit(apply.operands().get(1), false, depth)
                        || endsInUnit(apply.operands().get(1), depth + 1))
                && depth < MAX_NESTING;
    }

    /** {@code 3 m/s}, {@code 9.8 m/s^2}: letters that alone would be variables. */
    private static boolean isSpeed(Apply quotient) {
        Node seconds = quotient.operands().get(1) instanceof Apply power && power.operation() == Operation.POWER
                ? power.operands().get(0)
                : quotient.operands().get(1);
        return quotient.operation() == Operation.DIVIDE
                && seconds instanceof Symbol second
                && second.name().equals("s")
                && withoutMetre(quotient.operands().get(0))
                        != quotient.operands().get(0);
    }

    /** A product without the m it ends in; the node itself where it does not. */
    private static Node withoutMetre(Node node) {
        if (!(node instanceof Apply product) || product.operation() != Operation.MULTIPLY) {
            return node;
        }
        Node left = product.operands().get(0);
        Node right = product.operands().get(1);
        if (right instanceof Symbol metre && metre.name().equals("m")) {
            return left;
        }
        boolean nested = right instanceof Apply inner
                && inner.operation() == Operation.MULTIPLY
                && inner.operands().get(1) instanceof Symbol metre
                && metre.name().equals("m");
        return nested ? new Apply(Operation.MULTIPLY, left, right.children().get(0)) : node;
    }

    private static boolean isOhm(Node node) {
        return node instanceof Symbol symbol && symbol.name().equals("Omega");
    }

    private static boolean isPrefix(Node node) {
        return node instanceof Symbol symbol
                && (symbol.name().equals("k") || symbol.name().equals("M"));
    }

    /** A number, perhaps times a power of ten or the prefix of a unit. */
    private static boolean isAmount(Node node) {
        return node instanceof Numeral
                || node instanceof Apply power
                        && power.operation() == Operation.POWER
                        && power.operands().get(0) instanceof Numeral
                || node instanceof Apply product
                        && product.operation() == Operation.MULTIPLY
                        && product.operands().get(0) instanceof Numeral
                        && (isPrefix(product.operands().get(1))
                                || product.operands().get(1) instanceof Apply scale
                                        && scale.operation() == Operation.POWER
                                        && scale.operands().get(0) instanceof Numeral);
    }

    private static boolean leads(Word word, Node right) {
        return (word.text().equals("Rs")
                                || isUnit(word.text()) && !isEastern(word.text())
                                || word.text().equals("about")
                                || word.text().equals("exactly")
                                || word.text().equals("precisely")
                                || word.text().equals("approximately"))
                        && right instanceof Numeral
                || isEastern(word.text()) && LEADING.matcher(word.text()).matches();
    }

    /** Whether a Chinese, Japanese or Korean word counts something: {@code 个}, {@code 种方法}. */
    private static boolean isCounter(String word) {
        return word.length() <= 10
                && COUNTERS.indexOf(word.charAt(0)) >= 0
                && !RESERVED.matcher(word.replace("不同", "")).find();
    }

    private static boolean isEastern(String word) {
        return word.charAt(0) >= 0x2e80;
    }
}
