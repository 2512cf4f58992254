package dev.tempo.verification;

import java.math.BigInteger;
import java.util.SplittableRandom;

/** Arithmetic written in LaTeX with its value, which {@link Fraction} works out while the text is put together. */
record RandomExpression(String latex, Fraction value) {
    private static final BigInteger LIMIT = BigInteger.TEN.pow(40);

    /**
     * A random expression; null where the operations drawn have no value, or one that {@link Fraction} would be slow
     * with.
     */
    static @org.jspecify.annotations.Nullable RandomExpression of(SplittableRandom random, int depth) {
        if (depth == 0) {
            return number(random);
        }
        RandomExpression a = of(random, random.nextInt(depth));
        RandomExpression b = of(random, random.nextInt(depth));
        RandomExpression drawn = a == null || b == null ? null : join(random, a, b);
        boolean large = drawn != null
                && (drawn.value.over().abs().compareTo(LIMIT) > 0
                        || drawn.value.under().abs().compareTo(LIMIT) > 0);
        return large ? null : drawn;
    }

    private static RandomExpression number(SplittableRandom random) {
        int over = random.nextInt(-6, 7);
        return random.nextInt(3) == 0
                ? new RandomExpression("\\frac{" + over + "}{" + 3 + "}", Fraction.of(over, 3))
                : new RandomExpression(Integer.toString(over), Fraction.of(over));
    }

    private static @org.jspecify.annotations.Nullable RandomExpression join(
            SplittableRandom random, RandomExpression a, RandomExpression b) {
        String left = "\\left(" + a.latex + "\\right)";
        String right = "(" + b.latex + ")";
        boolean whole = Fraction.isWhole(a.value) && Fraction.isWhole(b.value);
        switch (random.nextInt(14)) {
            case 0:
                return new RandomExpression(a.latex + " + " + right, a.value.plus(b.value));
            case 1:
                return new RandomExpression(a.latex + " - " + right, a.value.minus(b.value));
            case 2:
                return new RandomExpression(left + " \\cdot " + right, a.value.times(b.value));
            case 3:
                return new RandomExpression(left + right, a.value.times(b.value));
            case 4:
                return b.value.isZero() ? null : new RandomExpression(left + " / " + right, a.value.over(b.value));
            case 5:
                return b.value.isZero()
                        ? null
                        : new RandomExpression("\\frac{" + a.latex + "}{" + b.latex + "}", a.value.over(b.value));
            case 6, 7, 8:
                int exponent = random.nextInt(-4, 7);
                return a.value.isZero() && exponent < 0
                        ? null
                        : new RandomExpression(left + "^{" + exponent + "}", a.value.power(exponent));
            case 9:
                return new RandomExpression("-" + left, Fraction.of(0).minus(a.value));
            case 10:
                return new RandomExpression("\\left|" + a.latex + "\\right|", a.value.size());
            case 11:
                boolean less = a.value.compare(b.value) < 0;
                return random.nextBoolean()
                        ? new RandomExpression("\\max\\{" + a.latex + ", " + b.latex + "\\}", less ? b.value : a.value)
                        : new RandomExpression("\\min(" + a.latex + ", " + b.latex + ")", less ? a.value : b.value);
            case 12:
                Fraction nearest = a.value.size().compare(Fraction.of(900)) < 0 ? a.value : Fraction.of(0);
                return nearest != a.value
                        ? null
                        : random.nextBoolean()
                                ? new RandomExpression("\\lfloor " + a.latex + " \\rfloor", a.value.floor())
                                : new RandomExpression(
                                        "\\lceil " + a.latex + " \\rceil",
                                        Fraction.of(0)
                                                .minus(Fraction.of(0)
                                                        .minus(a.value)
                                                        .floor()));
            default:
                return whole ? divisors(random.nextBoolean(), a, b) : null;
        }
    }

    private static @org.jspecify.annotations.Nullable RandomExpression divisors(
            boolean greatest, RandomExpression a, RandomExpression b) {
        long one = Fraction.whole(a.value);
        long other = Fraction.whole(b.value);
        if (one == 0 || other == 0 || Math.abs(one) > 500 || Math.abs(other) > 500) {
            return null;
        }
        long divisor = Math.min(Math.abs(one), Math.abs(other));
        while (one % divisor != 0 || other % divisor != 0) {
            divisor--;
        }
        long multiple = Math.max(Math.abs(one), Math.abs(other));
        while (multiple % one != 0 || multiple % other != 0) {
            multiple++;
        }
        return greatest
                ? new RandomExpression("\\gcd(" + a.latex + ", " + b.latex + ")", Fraction.of(divisor))
                : new RandomExpression("\\operatorname{lcm}(" + a.latex + ", " + b.latex + ")", Fraction.of(multiple));
    }
}
