package dev.tempo.rollout.environment;

import dev.tempo.model.inference.Environment;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The quickstart's calculator. Whenever the last three tokens are number, operator, number, it writes the result modulo
 * {@value #MODULUS}. The operator must stand in the response; the first number may be the prompt's last token.
 *
 * <p>Numbers are the one-character tokens 0 to 9 and a (ten), operators {@code *} and {@code +}.
 */
public final class Calculator implements Environment {
    static final int MODULUS = 11;
    private static final String DIGITS = "0123456789a";

    private final Map<Integer, Integer> numberOf = new HashMap<>();
    private final int[] idOf = new int[MODULUS];
    private final int times;
    private final int plus;

    /**
     * @param idOf the tokenizer's id of a token text
     * @throws IllegalArgumentException if the tokenizer has no token for a digit or an operator
     */
    public Calculator(Function<String, OptionalInt> idOf) {
        for (int number = 0; number < MODULUS; number++) {
            int id = required(idOf, DIGITS.substring(number, number + 1));
            this.idOf[number] = id;
            numberOf.put(id, number);
        }
        this.times = required(idOf, "*");
        this.plus = required(idOf, "+");
    }

    @Override
    public int next(int[] promptIds, int[] responseIds, int responseLength) {
        if (responseLength < 2) {
            return NONE;
        }
        int operator = responseIds[responseLength - 2];
        int before = responseLength > 2 ? responseIds[responseLength - 3] : promptIds[promptIds.length - 1];
        Integer left = numberOf.get(before);
        Integer right = numberOf.get(responseIds[responseLength - 1]);
        if (left == null || right == null || (operator != times && operator != plus)) {
            return NONE;
        }
        return idOf[(operator == times ? left * right : left + right) % MODULUS];
    }

    private static int required(Function<String, OptionalInt> idOf, String token) {
        return idOf.apply(token)
                .orElseThrow(() -> new IllegalArgumentException("the calculator needs a token '" + token
                        + "', which the model's tokenizer does not have; leave generation.environment out of the recipe,"
                        + " or use a model with the quickstart's vocabulary"));
    }
}
