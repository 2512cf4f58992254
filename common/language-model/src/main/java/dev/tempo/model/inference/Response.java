package dev.tempo.model.inference;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.tokens.StopStrings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A response that is being generated. */
final class Response {
    private static final int NOT_FORCED = -1;

    private final GenerationTask task;
    private final int[] ids;
    private final boolean[] environmentMask;
    private final float[] logProbs;
    private final StopStrings.@Nullable Search stopSearch;
    private final float[] drawnLogProbs;
    private int length;
    private boolean ended;
    private int forced = NOT_FORCED;

    Response(GenerationTask task) {
        this.task = task;
        int limit = task.sampling().maxNewTokens();
        this.ids = new int[limit];
        this.environmentMask = new boolean[limit];
        this.logProbs = new float[limit];
        this.stopSearch = task.stop() == null ? null : task.stop().search();
        this.drawnLogProbs = new float[limit];
    }

    GenerationTask task() {
        return task;
    }

    boolean finished() {
        return ended || length == ids.length;
    }

    int length() {
        return length;
    }

    int lastId() {
        return ids[length - 1];
    }

    /** The token that the environment writes next, or {@link Environment#NONE}; to be called once per token. */
    int forced(int vocabularySize) {
        Environment environment = task.environment();
        forced = environment == null ? NOT_FORCED : environment.next(task.promptIds(), ids, length);
        if (forced >= vocabularySize || forced < NOT_FORCED) {
            throw new IllegalArgumentException("the environment wrote token id " + forced
                    + ", which lies outside the vocabulary of " + vocabularySize);
        }
        return forced;
    }

    double uniform() {
        return CounterRandom.uniform(task.key(), length);
    }

    void append(int id, float logProb, float drawnLogProb, ModelConfig config) {
        ids[length] = id;
        logProbs[length] = logProb;
        drawnLogProbs[length] = drawnLogProb;
        environmentMask[length] = forced != NOT_FORCED;
        length++;
        ended = config.endTokenIds().contains(id) || stopSearch != null && stopSearch.completes(id);
    }

    GeneratedResponse toGeneration() {
        return new GeneratedResponse(
                Arrays.copyOf(ids, length),
                Arrays.copyOf(environmentMask, length),
                Arrays.copyOf(logProbs, length),
                Arrays.copyOf(drawnLogProbs, length),
                ended);
    }
}
