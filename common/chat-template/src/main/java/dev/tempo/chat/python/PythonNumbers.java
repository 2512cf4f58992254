package dev.tempo.chat.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic: whole numbers without bounds, decimal numbers of 64 bits, booleans as 0 and 1. */
public final class PythonNumbers {
    private static final int MOST_BITS = 1 << 20;
    private static final int MOST_EXACT_POWER = 64;

    private PythonNumbers() {}

    /** Whether a value counts as a number, which booleans do. */
    public static boolean isNumber(Object value) {
        return value instanceof BigInteger || value instanceof Double || value instanceof Boolean;
    }

    /** The value of a whole number or boolean; null for any other value. */
    public static @Nullable BigInteger whole(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? BigInteger.ONE : BigInteger.ZERO;
        }
        return value instanceof BigInteger whole ? whole : null;
    }

    /**
     * The value of a number as a decimal number.
     *
     * @throws IllegalArgumentException if the value is no number, or too large
     */
    public static double decimal(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        BigInteger whole = whole(value);
        if (whole == null) {
            throw new IllegalArgumentException(Python.kind(value) + " is no number");
        }
        return finite(whole.doubleValue());
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("a number is too large for a decimal number");
        }
        return value;
    }

    static boolean equal(Object left, Object right) {
        return !isNan(left) && !isNan(right) && compare(left, right) == 0;
    }

    static boolean isNan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    /** The order of two numbers by value, a whole number against a decimal one exactly; neither may be NaN. */
    static int compare(Object left, Object right) {
        BigInteger a = whole(left);
        BigInteger b = whole(right);
        if (a != null && b != null) {
            return a.compareTo(b);
        } else if (a == null && b == null || isInfinite(left) || isInfinite(right)) {
            double x = a == null ? (Double) left : 0;
            double y = b == null ? (Double) right : 0;
            return x == y ? 0 : x < y ? -1 : 1;
        }
        return exact(left).compareTo(exact(right));
    }

    private static boolean isInfinite(Object value) {
        return value instanceof Double number && number.isInfinite();
    }

    private static BigDecimal exact(Object number) {
        BigInteger whole = whole(number);
        return whole == null ? new BigDecimal((Double) number) : new BigDecimal(whole);
    }

    /**
     * The result of an operator.
     *
     * @param operator one of {@code + - * / // % **}
     * @throws IllegalArgumentException for a division by 0 and for results that are out of bounds or complex
     */
    static Object apply(String operator, Object left, Object right) {
        BigInteger a = whole(left);
        BigInteger b = whole(right);
        boolean power = operator.equals("**");
        if (a == null || b == null || power && b.signum() < 0) {
            double x = decimal(left);
            double y = decimal(right);
            return power ? power(x, y) : decimals(operator, x, y);
        }
        return switch (operator) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> multiply(a, b);
            case "/" -> quotient(a, nonZero(b));
            case "//" -> floor(a, nonZero(b));
            case "%" -> a.subtract(floor(a, nonZero(b)).multiply(b));
            default -> power(a, b);
        };
    }

    private static BigInteger nonZero(BigInteger divisor) {
        if (divisor.signum() == 0) {
            throw new IllegalArgumentException("division by zero");
        }
        return divisor;
    }

    private static BigInteger floor(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean down = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        return down ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static double quotient(BigInteger a, BigInteger b) {
        return finite(new BigDecimal(a)
                .divide(new BigDecimal(b), new MathContext(400))
                .doubleValue());
    }

    private static BigInteger multiply(BigInteger a, BigInteger b) {
        requireBits((long) a.bitLength() + b.bitLength());
        return a.multiply(b);
    }

    private static BigInteger power(BigInteger base, BigInteger exponent) {
        if (base.abs().compareTo(BigInteger.ONE) <= 0) {
            return exponent.signum() == 0 || base.signum() < 0 && !exponent.testBit(0) ? BigInteger.ONE : base;
        }
        requireBits(exponent.bitLength() > 31 ? Long.MAX_VALUE : (long) base.bitLength() * exponent.intValue());
        return base.pow(exponent.intValue());
    }

    private static void requireBits(long bits) {
        if (bits > MOST_BITS) {
            throw new IllegalArgumentException("it makes a number of more than " + MOST_BITS + " bits");
        }
    }

    private static double decimals(String operator, double x, double y) {
        if (y == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new IllegalArgumentException("division by zero");
        }
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> floor(x, y);
            default -> remainder(x, y);
        };
    }

    private static double remainder(double x, double y) {
        double remainder = x % y;
        if (remainder == 0) {
            return Math.copySign(0, y);
        }
        return remainder < 0 != y < 0 ? remainder + y : remainder;
    }

    private static double floor(double x, double y) {
        double remainder = x % y;
        double quotient = (x - remainder) / y;
        if (remainder != 0 && remainder < 0 != y < 0) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0, x / y);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > .5 ? floor + 1 : floor;
    }

    private static double power(double x, double y) {
        if (x == 0 && y < 0) {
            throw new IllegalArgumentException("0 cannot be raised to a negative power");
        } else if (x == 1 || y == 0) {
            return 1;
        } else if (x < 0 && !Double.isInfinite(x) && !Double.isInfinite(y) && y != Math.rint(y)) {
            throw new IllegalArgumentException("the power of a negative number is complex, which is not supported");
        }
        boolean infinite = Double.isInfinite(x) || Double.isInfinite(y) || Double.isNaN(x) || Double.isNaN(y);
        double result = y == Math.rint(y) && Math.abs(y) <= MOST_EXACT_POWER && !infinite
                ? exactPower(x, (int) y)
                : y == .5 && !infinite ? Math.sqrt(x) : Math.pow(x, y);
        return infinite ? result : finite(result);
    }

    private static double exactPower(double x, int exponent) {
        if (x == 0) {
            return Math.pow(x, exponent);
        }
        BigDecimal power = new BigDecimal(x).pow(Math.abs(exponent));
        return exponent >= 0
                ? power.doubleValue()
                : BigDecimal.ONE.divide(power, new MathContext(400)).doubleValue();
    }

    /** The negative of a number. */
    public static Object negative(Object value) {
        BigInteger whole = whole(value);
        return whole == null ? (Object) (-decimal(value)) : whole.negate();
    }

    /** The absolute value of a number. */
    public static Object absolute(Object value) {
        BigInteger whole = whole(value);
        return whole == null ? (Object) Math.abs(decimal(value)) : whole.abs();
    }

    /**
     * The number that {@code round()} gives: the nearest one, of two equally near ones the even one.
     *
     * @param digits behind the point; a negative number counts digits before it
     */
    public static Object rounded(Object value, int digits) {
        BigInteger whole = whole(value);
        if (whole != null) {
            return digits >= 0
                    ? whole
                    : new BigDecimal(whole)
                            .setScale(Math.max(digits, -2 - whole.bitLength()), RoundingMode.HALF_EVEN)
                            .toBigInteger();
        }
        double number = decimal(value);
        if (Double.isNaN(number) || Double.isInfinite(number) || digits > 323) {
            return number;
        } else if (digits < -308) {
            return Math.copySign(0, number);
        }
        double rounded =
                new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
        return rounded == 0 ? Math.copySign(0, number) : finite(rounded);
    }
}
