package dev.tempo.model.inference;

import dev.tempo.model.forward.Buckets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A response that is waiting or being generated, and where its keys and values are. */
final class Row {
    private final Response response;
    private final CompletableFuture<GeneratedResponse> future = new CompletableFuture<>();
    private final int promptLength;
    private final int capacity;
    private long cell = -1;
    private @Nullable RuntimeException failure;

    Row(GenerationTask task) {
        this.response = new Response(task);
        this.promptLength = Buckets.length(task.promptIds().length);
        this.capacity = capacity(task);
    }

    /** How many positions of the cache a task needs: the padded prompt's and those of all tokens that are fed. */
    static int capacity(GenerationTask task) {
        return Buckets.capacity(
                Buckets.length(task.promptIds().length) + task.sampling().maxNewTokens() - 1);
    }

    Response response() {
        return response;
    }

    GenerationTask task() {
        return response.task();
    }

    CompletableFuture<GeneratedResponse> future() {
        return future;
    }

    /** Of the prompt padded on the left. */
    int promptLength() {
        return promptLength;
    }

    /** The position of the prompt's first token. */
    int padding() {
        return promptLength - task().promptIds().length;
    }

    /** Of the last token written. */
    int position() {
        return promptLength + response.length() - 1;
    }

    /** How many keys the last token written is to read. */
    int attended() {
        return Buckets.attended(position() + 1);
    }

    int capacity() {
        return capacity;
    }

    /** The first cell of its block. */
    long cell() {
        return cell;
    }

    void place(long cell) {
        this.cell = cell;
    }

    /** Whether this is what another row continues in memory and can be attended in one go with it. */
    boolean continues(Row before, int keyValueHeads) {
        return capacity == before.capacity
                && cell == before.cell + (long) keyValueHeads * capacity
                && attended() == before.attended();
    }

    void fail(RuntimeException reason) {
        failure = reason;
    }

    /** Whether nothing more is to be generated: all is written, something went wrong, or nobody wants it any more. */
    boolean over() {
        return response.finished() || failure != null || future.isDone();
    }

    /** Hands over what there is. */
    void complete() {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(response.toGeneration());
        }
    }
}
