package dev.tempo.rollout.environment;

import dev.tempo.model.inference.Environment;
import dev.tempo.plugin.TextEnvironment;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in's texts as the tokens of one response. Its answers are a function of the response alone: what it remembers of
 * the response only saves asking anew from the beginning. A plug-in that breaks its rules writes nothing any more, and {@link
 * #failure} says why. Not thread-safe.
 */
public final class TokenizedEnvironment implements Environment {
    private static final int MOST_IN_A_ROW = 64;
    private static final int[] NOTHING = {};

    private final TextEnvironment environment;
    private final Function<String, int[]> encode;
    private final Function<int[], String> decode;
    private int[] promptIds = NOTHING;
    private @Nullable String prompt;
    private int[] known = NOTHING;
    private int[] written = NOTHING;
    private int askNext;
    private int inARow;
    private @Nullable String failure;

    /**
     * @param encode the tokenizer's ids of a text; throws IllegalArgumentException where it has none
     * @param decode the text of ids
     */
    public TokenizedEnvironment(
            TextEnvironment environment, Function<String, int[]> encode, Function<int[], String> decode) {
        this.environment = environment;
        this.encode = encode;
        this.decode = decode;
    }

    /** The reason why this response cannot be used; null while all is well. */
    public @Nullable String failure() {
        return failure;
    }

    @Override
    public int next(int[] promptIds, int[] responseIds, int responseLength) {
        if (!continues(responseIds, responseLength)) {
            written = NOTHING;
            askNext = 0;
            inARow = 0;
        }
        known = Arrays.copyOf(responseIds, responseLength);
        while (failure == null && askNext <= responseLength) {
            written = ask(promptIds, Arrays.copyOf(responseIds, askNext));
            // Where it is silent, the model writes one token before it is asked again.
            askNext += Math.max(1, written.length);
        }
        boolean silent = failure != null || written.length == 0;
        return silent ? NONE : written[written.length - (askNext - responseLength)];
    }

    /** Whether this is the response that is known, as long or longer, and not shorter than its last answer reaches back. */
    private boolean continues(int[] responseIds, int responseLength) {
        int shared = Math.min(known.length, responseLength);
        return responseLength >= askNext - Math.max(1, written.length)
                && Arrays.equals(known, 0, shared, responseIds, 0, shared);
    }

    private int[] ask(int[] promptIds, int[] responseIds) {
        String text;
        try {
            text = environment.next(textOf(promptIds), decode.apply(responseIds));
        } catch (RuntimeException | StackOverflowError | LinkageError defect) {
            return fail("failed with " + defect);
        }
        if (text == null || text.isEmpty()) {
            inARow = 0;
            return NOTHING;
        }
        if (++inARow > MOST_IN_A_ROW) {
            return fail("never stops: it wrote " + MOST_IN_A_ROW + " texts in a row and goes on with '" + text + "'");
        }
        int[] ids;
        try {
            ids = encode.apply(text);
        } catch (IllegalArgumentException inexpressible) {
            return fail(
                    "writes '" + text + "', which the model's tokenizer cannot express: " + inexpressible.getMessage());
        }
        String read = decode.apply(ids);
        return read.strip().equals(text.strip()) && ids.length > 0
                ? ids
                : fail("writes '" + text + "', which the model's tokenizer cannot express: it reads back as '" + read
                        + "'");
    }

    /** The prompt stays the same from token to token. */
    private String textOf(int[] ids) {
        String text = prompt;
        if (text == null || !Arrays.equals(ids, promptIds)) {
            text = decode.apply(ids);
            promptIds = ids.clone();
            prompt = text;
        }
        return text;
    }

    private int[] fail(String what) {
        failure = "environment '" + environment.name() + "' " + what;
        return NOTHING;
    }
}
