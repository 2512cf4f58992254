package dev.tempo.verification.value;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Matrix;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Node.Word;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Rational;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of an expression modulo primes, for Schwartz-Zippel identity testing: field operations are carried out
 * modulo a prime at a seeded random point, while everything else (roots, logarithms, unknown functions) is a
 * pseudo-random number that depends only on the residues of its arguments. Equal residues for several primes mean an
 * identity. Different residues mean different expressions only where nothing but field operations occurred.
 */
public final class ModularEvaluation {
    /** Primes of 31 bits that leave remainder 1 modulo 4, so that -1 has a square root. */
    private static final long[] PRIMES = {2147483629L, 2147483549L, 2147483497L};

    private static final long UNDEFINED = -1;

    private final Postorder order;
    private final List<@Nullable Rational> exact;
    private final Budget budget;
    private boolean opaque;

    public ModularEvaluation(Postorder order, List<@Nullable Rational> exact, Budget budget) {
        this.order = order;
        this.exact = exact;
        this.budget = budget;
    }

    public static int primes() {
        return PRIMES.length;
    }

    public static long prime(int which) {
        return PRIMES[which];
    }

    /** Whether the last evaluation met anything besides field operations. */
    public boolean opaque() {
        return opaque;
    }

    /** The root's residue at the given point, or -1 where a denominator vanishes. */
    public long at(int which, int point) {
        long prime = PRIMES[which];
        long[] residues = new long[order.size()];
        for (int position = 0; position < residues.length; position++) {
            budget.charge(1);
            Rational known = exact.get(position);
            residues[position] = known != null
                    ? residue(known, prime)
                    : residue(order.node(position), position, residues, prime, point);
        }
        return residues[order.root()];
    }

    private static long residue(Rational value, long prime) {
        BigInteger modulus = BigInteger.valueOf(prime);
        if (value.isInteger()) {
            return value.numerator().mod(modulus).longValue();
        }
        long denominator = value.denominator().mod(modulus).longValue();
        long numerator = value.numerator().mod(modulus).longValue();
        return denominator == 0 ? UNDEFINED : numerator * inverse(denominator, prime) % prime;
    }

    private long residue(Node node, int position, long[] residues, long prime, int point) {
        if (node instanceof Numeral numeral) {
            return residue(numeral.value(), prime);
        }
        if (node instanceof Symbol symbol) {
            return symbol.name().equals("i")
                    ? squareRootOfMinusOne(prime)
                    : Hash.of(symbol.name(), point * 31L + prime) % prime;
        }
        int[] below = order.children(position);
        long[] operands = new long[below.length];
        for (int child = 0; child < operands.length; child++) {
            operands[child] = residues[below[child]];
            if (operands[child] == UNDEFINED) {
                return UNDEFINED;
            }
        }
        if (node instanceof Apply apply) {
            return apply(apply, below, operands, prime);
        }
        opaque = true;
        return Hash.of(shape(node), prime, operands) % prime;
    }

    private static String shape(Node node) {
        if (node instanceof Word word) {
            return "word " + word.text();
        }
        if (node instanceof Matrix matrix) {
            return "matrix " + matrix.columns();
        }
        if (node instanceof Sequence sequence) {
            return "sequence " + sequence.open() + sequence.close();
        }
        return node instanceof Relation relation ? "relation " + String.join(" ", relation.signs()) : "other";
    }

    private long apply(Apply apply, int[] below, long[] operands, long prime) {
        long first = operands[0];
        long last = operands[operands.length - 1];
        switch (apply.operation()) {
            case ADD:
                return (first + last) % prime;
            case MULTIPLY:
                return first * last % prime;
            case NEGATE:
                return (prime - first) % prime;
            case DIVIDE:
                return last == 0 ? UNDEFINED : first * inverse(last, prime) % prime;
            case RATIO:
                if (operands.length == 2) {
                    return last == 0 ? UNDEFINED : first * inverse(last, prime) % prime;
                }
                break;
            case POWER:
                Rational exponent = exact.get(below[1]);
                if (exponent != null && exponent.isInteger()) {
                    return power(first, exponent.numerator(), prime);
                }
                break;
            case CALL:
                Rational choose = operands.length == 2 ? exact.get(below[1]) : null;
                if (apply.name().equals("binom")
                        && choose != null
                        && choose.isInteger()
                        && choose.signum() >= 0
                        && choose.bits() < 8) {
                    return binomial(first, choose.numerator().intValue(), prime);
                }
                if (apply.name().equals("max") || apply.name().equals("min")) {
                    Arrays.sort(operands);
                }
                break;
            case ABSOLUTE:
                operands[0] = Math.min(first, prime - first);
                break;
            default:
                break;
        }
        opaque = true;
        return Hash.of(apply.operation().name() + apply.name(), prime, operands) % prime;
    }

    private long power(long base, BigInteger exponent, long prime) {
        budget.charge(30);
        if (base == 0) {
            return exponent.signum() > 0 ? 0 : UNDEFINED;
        }
        return modularPower(base, exponent.mod(BigInteger.valueOf(prime - 1)).longValue(), prime);
    }

    private static long binomial(long from, int choose, long prime) {
        long product = 1;
        for (int factor = 0; factor < choose; factor++) {
            product = product * ((from - factor + prime) % prime) % prime * inverse(factor + 1L, prime) % prime;
        }
        return product;
    }

    static long inverse(long value, long prime) {
        return modularPower(value, prime - 2, prime);
    }

    private static long modularPower(long base, long exponent, long prime) {
        long power = 1;
        long square = base % prime;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                power = power * square % prime;
            }
            square = square * square % prime;
        }
        return power;
    }

    private static long squareRootOfMinusOne(long prime) {
        for (long candidate = 2; ; candidate++) {
            long root = modularPower(candidate, (prime - 1) / 4, prime);
            if (root * root % prime == prime - 1) {
                return root;
            }
        }
    }
}
