package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Every exact operation against {@link Fraction}: the right value is CORRECT and its neighbours are WRONG, as a response
 * meets the verifier. {@code -Dtempo.oracle.cases=1000000} is the long form, {@code -Dtempo.oracle.seed} starts elsewhere.
 */
class ExactOperationsTest {
    static final int CASES = Integer.getInteger("tempo.oracle.cases", 4_000);
    static final long SEED = Long.getLong("tempo.oracle.seed", 1);

    private final MathVerifier verifier = new MathVerifier();

    private void same(String reference, String answer) {
        assertThat(verifier.verify(reference, "\\boxed{" + answer + "}"))
                .as("<%s> for <%s>", answer, reference)
                .extracting(Verification::outcome)
                .isEqualTo(Outcome.CORRECT);
    }

    private void different(String reference, String answer) {
        assertThat(verifier.verify(reference, "\\boxed{" + answer + "}"))
                .as("<%s> for <%s>", answer, reference)
                .extracting(Verification::outcome)
                .isEqualTo(Outcome.WRONG);
    }

    /** The value, and neither its opposite, its neighbour nor another number that was met on the way. */
    private void isWorth(String latex, Fraction value, Fraction... others) {
        same(value.latex(), latex);
        same(latex, value.latex());
        different(value.plus(Fraction.of(1)).latex(), latex);
        different(latex, value.minus(Fraction.of(1, 7)).latex());
        if (!value.isZero()) {
            different(Fraction.of(0).minus(value).latex(), latex);
        }
        for (Fraction other : others) {
            if (other.compare(value) != 0) {
                different(other.latex(), latex);
            }
        }
    }

    @Test
    void powersOfEverySmallFraction() {
        for (int under = 1; under <= 4; under++) {
            for (int over = -5; over <= 5; over++) {
                Fraction base = Fraction.of(over, under);
                for (int exponent = over == 0 ? 0 : -6; exponent <= 6; exponent++) {
                    String bracketed =
                            under == 1 ? "(" + over + ")" : "\\left(\\frac{" + over + "}{" + under + "}\\right)";
                    Fraction value = base.power(exponent);
                    isWorth(bracketed + "^{" + exponent + "}", value, base, Fraction.of(1), Fraction.of(0));
                    same(value.latex(), "(" + over + "/" + under + ")^{" + exponent + "}");
                }
            }
        }
    }

    @Test
    void aMinusBeforeAPowerIsNotPartOfItsBase() {
        for (int base = 1; base <= 9; base++) {
            for (int exponent = 1; exponent <= 6; exponent++) {
                isWorth(
                        "-" + base + "^" + exponent,
                        Fraction.of(0).minus(Fraction.of(base).power(exponent)));
            }
        }
    }

    @Test
    void whatHasNoValueIsNoNumber() {
        for (String nothing : new String[] {
            "0^{-1}",
            "\\frac{1}{0}",
            "\\frac{0}{0}",
            "\\frac{(-2)^2}{1-1}",
            "(1-1)^{-3}",
            "5 \\bmod 0",
            "\\ln 0",
            "\\log_2 0"
        }) {
            for (String number : new String[] {"0", "1", "-1", "2", "4", "\\frac{1}{2}"}) {
                different(number, nothing);
            }
        }
    }

    @Test
    void expressionsOfEveryOperation() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int drawn = 0; drawn < CASES; ) {
            RandomExpression expression = RandomExpression.of(random, 4);
            if (expression != null) {
                drawn++;
                same(expression.value().latex(), expression.latex());
                different(expression.value().plus(Fraction.of(1)).latex(), expression.latex());
                different(
                        expression
                                .value()
                                .times(Fraction.of(-1))
                                .minus(Fraction.of(1, 11))
                                .latex(),
                        expression.latex());
            }
        }
    }

    @Test
    void rootsOfPowers() {
        for (int index = 2; index <= 7; index++) {
            for (int over = -6; over <= 6; over++) {
                for (int under = 1; under <= 3; under++) {
                    Fraction base = Fraction.of(over, under);
                    Fraction power = base.power(index);
                    Fraction root = index % 2 == 0 ? base.size() : base;
                    isWorth("\\sqrt[" + index + "]{" + power.latex() + "}", root);
                    isWorth("\\sqrt[" + index + "]{(" + base.latex() + ")^{" + index + "}}", root);
                    if (over > 0) {
                        isWorth("(" + power.latex() + ")^{\\frac{3}{" + index + "}}", base.power(3));
                        isWorth(
                                "(" + power.latex() + ")^{-1/" + index + "}",
                                Fraction.of(1).over(base));
                    }
                }
            }
        }
    }

    @Test
    void rootsThatAreNoFractions() {
        for (int a = -5; a <= 5; a++) {
            for (int b : new int[] {2, 3, 5, 6, 7, 10}) {
                int size = Math.abs(a);
                String radicand = "\\sqrt{(" + a + ")^2 \\cdot " + b + "}";
                same(size + "\\sqrt{" + b + "}", radicand);
                different(size + 1 + "\\sqrt{" + b + "}", radicand);
                different(Integer.toString(size * b), a == 0 ? "1+" + radicand : radicand);
                same("\\sqrt{" + (a * a + b * b) + "}", "\\sqrt{(" + a + ")^2+(-" + b + ")^2}");
                different("\\sqrt{" + (a * a + b * b + 1) + "}", "\\sqrt{(" + a + ")^2+(-" + b + ")^2}");
            }
        }
    }

    @Test
    void factorialsAndBinomials() {
        Fraction factorial = Fraction.of(1);
        for (int n = 0; n <= 20; n++) {
            factorial = n == 0 ? factorial : factorial.times(Fraction.of(n));
            isWorth(n + "!", factorial);
            isWorth("(" + n + "+1)!/" + n + "!", Fraction.of(n + 1));
        }
        long[] row = {1};
        for (int n = 0; n <= 14; n++) {
            for (int k = 0; k <= n + 2; k++) {
                Fraction ways = Fraction.of(k < row.length ? row[k] : 0);
                isWorth("\\binom{" + n + "}{" + k + "}", ways);
                isWorth("{" + n + " \\choose " + k + "}", ways);
            }
            long[] next = new long[row.length + 1];
            for (int k = 0; k < next.length; k++) {
                next[k] = (k > 0 ? row[k - 1] : 0) + (k < row.length ? row[k] : 0);
            }
            row = next;
        }
    }

    @Test
    void logarithmsOfPowers() {
        for (int over = 1; over <= 7; over++) {
            for (int under = 1; under <= 3; under++) {
                for (int exponent = -5; exponent <= 5; exponent++) {
                    if (over != under) {
                        Fraction base = Fraction.of(over, under);
                        isWorth(
                                "\\log_{" + base.latex() + "}{"
                                        + base.power(exponent).latex() + "}",
                                Fraction.of(exponent));
                        isWorth(
                                "\\frac{\\ln(" + base.power(exponent).latex() + ")}{\\ln " + base.latex() + "}",
                                Fraction.of(exponent));
                    }
                }
            }
        }
        for (int a = 2; a <= 12; a++) {
            for (int b = 2; b <= 12; b++) {
                same("\\ln " + a * b, "\\ln " + a + " + \\ln " + b);
                different("\\ln " + (a * b + 1), "\\ln " + a + " + \\ln " + b);
            }
        }
    }

    @Test
    void remaindersHaveTheDivisorsSign() {
        for (int divisor = 1; divisor <= 9; divisor++) {
            for (int value = -30; value <= 30; value++) {
                int rest = 0;
                while ((value - rest) % divisor != 0) {
                    rest++;
                }
                isWorth("(" + value + ") \\bmod " + divisor, Fraction.of(rest));
            }
        }
    }

    @Test
    void sumsAndProductsOverARange() {
        for (int from = -3; from <= 3; from++) {
            for (int to = from; to <= from + 6; to++) {
                for (int base : new int[] {-3, -2, -1, 1, 2}) {
                    Fraction sum = Fraction.of(0);
                    Fraction product = Fraction.of(1);
                    for (int k = from; k <= to; k++) {
                        sum = sum.plus(Fraction.of(k).times(Fraction.of(base).power(k)));
                        product = product.times(Fraction.of(base).power(k).plus(Fraction.of(3)));
                    }
                    isWorth("\\sum_{k=" + from + "}^{" + to + "} k(" + base + ")^k", sum);
                    isWorth("\\prod_{k=" + from + "}^{" + to + "} ((" + base + ")^k+3)", product);
                }
            }
        }
    }
}
