package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Polynomials, digits, determinants, intervals, residues and elementary functions, each against arithmetic of its own
 * that shares nothing with the verifier: convolution, long division, permutations, membership point by point, counting
 * up, {@link StrictMath}.
 */
class ExactFormsTest {
    private static final int CASES = ExactOperationsTest.CASES / 20;
    private final MathVerifier verifier = new MathVerifier();
    private final SplittableRandom random = new SplittableRandom(ExactOperationsTest.SEED);

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

    @Test
    void productsOfBinomialsAreTheirConvolution() {
        for (int drawn = 0; drawn < CASES; drawn++) {
            long[] product = {1};
            StringBuilder factors = new StringBuilder();
            for (int factor = 0; factor < 2 + random.nextInt(3); factor++) {
                int base = random.nextInt(-4, 5);
                int exponent = 1 + random.nextInt(4);
                long root = 1;
                for (int time = 0; time < exponent; time++) {
                    root *= base;
                }
                factors.append("(x - (")
                        .append(base)
                        .append(")^")
                        .append(exponent)
                        .append(")");
                long[] next = new long[product.length + 1];
                for (int power = 0; power < product.length; power++) {
                    next[power] -= product[power] * root;
                    next[power + 1] += product[power];
                }
                product = next;
            }
            same(polynomial(product), factors.toString());
            product[random.nextInt(product.length)]++;
            different(polynomial(product), factors.toString());
        }
    }

    private static String polynomial(long[] coefficients) {
        StringBuilder polynomial = new StringBuilder("0");
        for (int power = coefficients.length - 1; power >= 0; power--) {
            polynomial
                    .append(" + (")
                    .append(coefficients[power])
                    .append(") x^{")
                    .append(power)
                    .append("}");
        }
        return polynomial.toString();
    }

    @Test
    void digitsAreDividedOut() {
        for (int drawn = 0; drawn < CASES; drawn++) {
            int under = 2 + random.nextInt(40);
            int over = 1 + random.nextInt(under - 1);
            List<Integer> rests = new ArrayList<>();
            StringBuilder digits = new StringBuilder();
            int rest = over;
            while (rest != 0 && !rests.contains(rest)) {
                rests.add(rest);
                digits.append(rest * 10 / under);
                rest = rest * 10 % under;
            }
            int start = rest == 0 ? digits.length() : rests.indexOf(rest);
            String decimal = "0." + digits.substring(0, start)
                    + (rest == 0 ? "" : "\\overline{" + digits.substring(start) + "}");
            same("\\frac{" + over + "}{" + under + "}", decimal);
            same("-\\frac{" + over + "}{" + under + "}", "-" + decimal);
            different("\\frac{" + (over + 1) + "}{" + under + "}", decimal);
        }
    }

    @Test
    void numbersInAnotherBase() {
        for (int base = 2; base <= 9; base++) {
            for (int value = 1; value < 400; value += 7) {
                StringBuilder digits = new StringBuilder();
                for (int rest = value; rest > 0; rest /= base) {
                    digits.insert(0, rest % base);
                }
                same(Integer.toString(value), digits + "_{" + base + "}");
                different(Integer.toString(value + 1), digits + "_{" + base + "}");
            }
        }
    }

    @Test
    void mixedNumbersPercentsAndPowersOfTen() {
        for (int whole = 1; whole <= 6; whole++) {
            for (int under = 2; under <= 7; under++) {
                for (int over = 1; over < under; over++) {
                    same(
                            "\\frac{" + (whole * under + over) + "}{" + under + "}",
                            whole + "\\frac{" + over + "}{" + under + "}");
                    different(
                            "\\frac{" + whole * over + "}{" + under + "}",
                            whole + "\\frac{" + over + "}{" + under + "}");
                }
            }
            same(whole + "0".repeat(whole), whole + " \\times 10^{" + whole + "}");
            same(whole + "0".repeat(whole), whole + " x 10^" + whole);
            different(whole + "0".repeat(whole + 1), whole + " \\times 10^{" + whole + "}");
            same("0." + "0".repeat(whole) + "25", "2.5 \\cdot 10^{-" + (whole + 1) + "}");
            same(whole + "/100", whole + "\\%");
        }
    }

    @Test
    void doubleFactorialsCombinationsAndArrangements() {
        for (int n = 1; n <= 12; n++) {
            long twice = 1;
            for (int factor = n; factor > 0; factor -= 2) {
                twice *= factor;
            }
            same(Long.toString(twice), n + "!!");
            different(Long.toString(twice + 1), n + "!!");
            for (int k = 0; k <= n; k++) {
                BigInteger arranged = BigInteger.ONE;
                BigInteger orders = BigInteger.ONE;
                for (int place = 0; place < k; place++) {
                    arranged = arranged.multiply(BigInteger.valueOf(n - place));
                    orders = orders.multiply(BigInteger.valueOf(place + 1));
                }
                BigInteger chosen = arranged.divide(orders);
                for (String form :
                        new String[] {"C_{%d}^{%d}", "\\mathrm{C}_{%d}^{%d}", "{}_{%d}C_{%d}", "C(%d, %d)"}) {
                    same(chosen.toString(), String.format(form, n, k));
                    different(chosen.add(BigInteger.ONE).toString(), String.format(form, n, k));
                }
                for (String form : new String[] {"A_{%d}^{%d}", "P_{%d}^{%d}", "{}_{%d}P_{%d}"}) {
                    same(arranged.toString(), String.format(form, n, k));
                    different(arranged.add(BigInteger.ONE).toString(), String.format(form, n, k));
                }
            }
        }
    }

    @Test
    void determinantsAreSumsOverPermutations() {
        for (int drawn = 0; drawn < CASES; drawn++) {
            int rows = 1 + random.nextInt(4);
            long[][] cells = new long[rows][rows];
            StringBuilder matrix = new StringBuilder();
            for (long[] row : cells) {
                for (int column = 0; column < rows; column++) {
                    row[column] = random.nextInt(-5, 6);
                    matrix.append(column == 0 ? "" : " & ").append(row[column]);
                }
                matrix.append(" \\\\ ");
            }
            long determinant = signedSum(cells, 0, new boolean[rows], 1);
            String form = random.nextBoolean()
                    ? "\\begin{vmatrix}" + matrix + "\\end{vmatrix}"
                    : "\\det\\begin{pmatrix}" + matrix + "\\end{pmatrix}";
            same(Long.toString(determinant), form);
            different(Long.toString(determinant + 1), form);
        }
    }

    private static long signedSum(long[][] cells, int row, boolean[] used, long product) {
        if (row == cells.length) {
            return product;
        }
        long sum = 0;
        int sign = 1;
        for (int column = 0; column < cells.length; column++) {
            if (!used[column]) {
                used[column] = true;
                sum += signedSum(cells, row + 1, used, product * sign * cells[row][column]);
                used[column] = false;
                sign = -sign;
            }
        }
        return sum;
    }

    @Test
    void residuesAreCountedUp() {
        for (int modulus = 2; modulus <= 9; modulus++) {
            for (int one = -12; one <= 12; one++) {
                int other = random.nextInt(-30, 30);
                boolean congruent = (one - other) % modulus == 0;
                String reference = "x \\equiv " + one + " \\pmod{" + modulus + "}";
                String answer = "x \\equiv " + other + " (mod " + modulus + ")";
                if (congruent) {
                    same(reference, answer);
                } else {
                    different(reference, answer);
                }
                different(reference, "x \\equiv " + one + " \\pmod{" + (modulus + 1) + "}");
            }
        }
    }

    /** Two descriptions of sets with whole ends are the same if they agree on whole numbers and between them. */
    @Test
    void inequalitiesAreTheSetOfThePointsThatSatisfyThem() {
        int equal = 0;
        for (int drawn = 0; drawn < 4 * CASES; drawn++) {
            Drawn one = inequalities();
            Drawn other = drawn % 2 == 0 ? intervals(one.members) : inequalities();
            boolean same = one.members.equals(other.members);
            if (same) {
                equal++;
                same(one.latex, other.latex);
                same(other.latex, one.latex);
            } else {
                different(one.latex, other.latex);
                different(other.latex, one.latex);
            }
        }
        assertThat(equal).isGreaterThan(CASES / 2);
    }

    /** Membership of -6, -5.5, -5, ..., 6. */
    private record Drawn(String latex, List<Boolean> members) {}

    private Drawn inequalities() {
        while (true) {
            String joint = random.nextBoolean() ? "\\text{ and }" : "\\text{ or }";
            int parts = 1 + random.nextInt(3);
            boolean[] members = new boolean[25];
            java.util.Arrays.fill(members, joint.contains("and"));
            StringBuilder latex = new StringBuilder();
            for (int part = 0; part < parts; part++) {
                String sign = new String[] {"<", "\\le", ">", "\\ge", "\\ne"}[random.nextInt(5)];
                int bound = random.nextInt(-4, 5);
                latex.append(part == 0 ? "" : joint)
                        .append("x ")
                        .append(sign)
                        .append(" ")
                        .append(bound);
                for (int point = 0; point < members.length; point++) {
                    double x = -6 + point / 2.0;
                    boolean holds = switch (sign) {
                        case "<" -> x < bound;
                        case "\\le" -> x <= bound;
                        case ">" -> x > bound;
                        case "\\ge" -> x >= bound;
                        default -> x != bound;
                    };
                    members[point] = joint.contains("and") ? members[point] && holds : members[point] || holds;
                }
            }
            boolean any = false;
            boolean all = true;
            for (boolean member : members) {
                any |= member;
                all &= member;
            }
            if (any && !all) {
                List<Boolean> points = new ArrayList<>();
                for (boolean member : members) {
                    points.add(member);
                }
                return new Drawn(latex.toString(), points);
            }
        }
    }

    /** The same points as a union of intervals; ends lie on whole numbers, so that a lone half is an open unit. */
    private static Drawn intervals(List<Boolean> members) {
        List<String> pieces = new ArrayList<>();
        int point = 0;
        while (point < members.size()) {
            if (!members.get(point)) {
                point++;
                continue;
            }
            int last = point;
            while (last + 1 < members.size() && members.get(last + 1)) {
                last++;
            }
            String open =
                    point == 0 ? "(-\\infty" : point % 2 == 0 ? "[" + (-6 + point / 2) : "(" + (-6 + (point - 1) / 2);
            String close = last == members.size() - 1
                    ? "\\infty)"
                    : last % 2 == 0 ? (-6 + last / 2) + "]" : (-6 + (last + 1) / 2) + ")";
            pieces.add(point == last && point % 2 == 0 ? "\\{" + (-6 + point / 2) + "\\}" : open + "," + close);
            point = last + 1;
        }
        return new Drawn(String.join("\\cup ", pieces), members);
    }

    @Test
    void elementaryFunctionsAgreeWithStrictMath() {
        String[] names = {"\\sin", "\\cos", "\\tan", "\\arctan", "\\sinh", "\\cosh", "\\tanh", "\\ln", "\\exp", "\\sqrt"
        };
        for (int drawn = 0; drawn < CASES; drawn++) {
            String name = names[drawn % names.length];
            int thousandths = 1 + random.nextInt(3_000);
            double x = thousandths / 1000.0;
            double value = switch (name) {
                case "\\sin" -> StrictMath.sin(x);
                case "\\cos" -> StrictMath.cos(x);
                case "\\tan" -> StrictMath.tan(x);
                case "\\arctan" -> StrictMath.atan(x);
                case "\\sinh" -> StrictMath.sinh(x);
                case "\\cosh" -> StrictMath.cosh(x);
                case "\\tanh" -> StrictMath.tanh(x);
                case "\\ln" -> StrictMath.log(x);
                case "\\exp" -> StrictMath.exp(x);
                default -> StrictMath.sqrt(x);
            };
            String call = name + (name.equals("\\sqrt") ? "{" : "(") + "\\frac{" + thousandths + "}{1000}"
                    + (name.equals("\\sqrt") ? "}" : ")");
            String nine = java.math.BigDecimal.valueOf(value)
                    .round(new java.math.MathContext(9))
                    .toPlainString();
            String off = java.math.BigDecimal.valueOf(value * 1.00001)
                    .round(new java.math.MathContext(9))
                    .toPlainString();
            boolean finite = StrictMath.sqrt(x) * 1000 % 1 == 0 && name.equals("\\sqrt") || x == 1;
            if (!finite) {
                same(call, nine);
                different(call, off);
            }
        }
    }

    /** x = a + dk for all whole k are the same numbers if each list of them is within the other. */
    @Test
    void numberedSolutionsAreTheNumbersThatTheyCount() {
        int equal = 0;
        for (int drawn = 0; drawn < CASES; drawn++) {
            int first = random.nextInt(-6, 7);
            int step = 1 + random.nextInt(6);
            int other = random.nextInt(3) == 0 ? first + step * random.nextInt(-4, 5) : random.nextInt(-6, 7);
            int stride = (random.nextInt(3) == 0 ? 1 + random.nextInt(6) : step) * (random.nextBoolean() ? 1 : -1);
            boolean same = true;
            for (int number = -60; number <= 60; number++) {
                same &= ((number - first) % step == 0) == ((number - other) % stride == 0);
            }
            String reference = "x = \\frac{" + first + "\\pi}{6} + \\frac{" + step + "k\\pi}{6}, k \\in \\mathbb{Z}";
            String answer =
                    "x = \\frac{" + other + "\\pi}{6} + \\frac{" + stride + " n \\pi}{6} \\ (n \\in \\mathbb{Z})";
            if (same) {
                equal++;
                same(reference, answer);
            } else {
                different(reference, answer);
            }
        }
        assertThat(equal).isGreaterThan(CASES / 10);
    }
}
