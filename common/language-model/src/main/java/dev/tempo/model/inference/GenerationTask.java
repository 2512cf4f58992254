package dev.tempo.model.inference;

import dev.tempo.model.tokens.StopStrings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task to generate one response. The response is a function of the task and the weights alone, whatever else is generated
 * beside it.
 */
public final class GenerationTask {
    private final int[] promptIds;
    private final long key;
    private final SamplingSettings sampling;
    private final @Nullable Environment environment;
    private final @Nullable StopStrings stop;
    private final @Nullable TokenReader reader;

    /**
     * A task whose response ends with an end-of-sequence token or at its limit.
     *
     * @param promptIds the prompt without padding, at least one token; not copied, not to be changed afterwards
     * @param key of the counter-based random stream
     * @param environment the program that may write tokens in the policy's place, or null
     */
    public GenerationTask(int[] promptIds, long key, SamplingSettings sampling, @Nullable Environment environment) {
        this(promptIds, key, sampling, environment, null);
    }

    /**
     * A task whose response also ends with a stop string.
     *
     * @param promptIds the prompt without padding, at least one token; not copied, not to be changed afterwards
     * @param key of the counter-based random stream; the token at response position t is drawn with number t of the stream.
     *     Callers derive the key from (seed, round, purpose, question, sample)
     * @param environment the program that may write tokens in the policy's place, or null
     * @param stop texts that end the response too, with the token that completes one of them, or null
     */
    public GenerationTask(
            int[] promptIds,
            long key,
            SamplingSettings sampling,
            @Nullable Environment environment,
            @Nullable StopStrings stop) {
        this(promptIds, key, sampling, environment, stop, null);
    }

    private GenerationTask(
            int[] promptIds,
            long key,
            SamplingSettings sampling,
            @Nullable Environment environment,
            @Nullable StopStrings stop,
            @Nullable TokenReader reader) {
        if (promptIds.length == 0) {
            throw new IllegalArgumentException("a prompt needs at least one token");
        }
        this.promptIds = promptIds;
        this.key = key;
        this.sampling = Objects.requireNonNull(sampling);
        this.environment = environment;
        this.stop = stop;
        this.reader = reader;
    }

    /**
     * This task with a reader of its response, which changes nothing of it.
     *
     * @throws IllegalArgumentException if the reader wants more alternatives than there may be
     */
    public GenerationTask readBy(TokenReader reading) {
        int alternatives = reading.alternatives();
        if (alternatives < 0 || alternatives > TokenReader.MOST_ALTERNATIVES) {
            throw new IllegalArgumentException("a reader sees from 0 to " + TokenReader.MOST_ALTERNATIVES
                    + " of the most probable tokens, not " + alternatives);
        }
        return new GenerationTask(promptIds, key, sampling, environment, stop, reading);
    }

    public int[] promptIds() {
        return promptIds;
    }

    long key() {
        return key;
    }

    SamplingSettings sampling() {
        return sampling;
    }

    public @Nullable Environment environment() {
        return environment;
    }

    public @Nullable StopStrings stop() {
        return stop;
    }

    @Nullable
    TokenReader reader() {
        return reader;
    }
}
