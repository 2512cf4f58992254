package dev.tempo.model.inference;

import dev.tempo.model.forward.Buckets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A response that waits or is being generated, and the place of its keys and values in the cache. */
final class Row {
    private final Response response;
    private final CompletableFuture<GeneratedResponse> future = new CompletableFuture<>();
    private final int promptLength;
    private final int capacity;
    private long cell = -1;
    private @Nullable Throwable failure;

    Row(GenerationTask task) {
        this.response = new Response(task);
        this.promptLength = Buckets.length(task.promptIds().length);
        this.capacity = capacity(task);
    }

    /** The number of cache positions that a task needs: those of the padded prompt and of all tokens that are fed back. */
    static int capacity(GenerationTask task) {
        return capacity(task.promptIds().length, task.sampling().maxNewTokens());
    }

    static int capacity(int prompt, int limit) {
        return Buckets.capacity(Buckets.length(prompt) + limit - 1);
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

    /** The length of the prompt, padded on the left, in tokens. */
    int promptLength() {
        return promptLength;
    }

    /** The position of the prompt's first token, which is the number of padding tokens before it. */
    int padding() {
        return promptLength - task().promptIds().length;
    }

    /** The position of the last token written. */
    int position() {
        return promptLength + response.length() - 1;
    }

    /** The number of keys that the last token written attends to, padding included. */
    int attended() {
        return Buckets.attended(position() + 1);
    }

    int capacity() {
        return capacity;
    }

    /** The first cell of the row's block. */
    long cell() {
        return cell;
    }

    void place(long cell) {
        this.cell = cell;
    }

    /**
     * Whether this row's block follows another row's in memory and has the same size and number of keys, so that the script
     * can attend both in one go.
     */
    boolean continues(Row before, int keyValueHeads) {
        return capacity == before.capacity
                && cell == before.cell + (long) keyValueHeads * capacity
                && attended() == before.attended();
    }

    void fail(Throwable reason) {
        failure = reason;
    }

    boolean failed() {
        return failure != null;
    }

    /** Whether the row is finished: its response is written, something failed, or nobody wants the response any more. */
    boolean over() {
        return response.finished() || failure != null || future.isDone();
    }

    /** Completes the row's future with the response or the failure. */
    void complete() {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(response.toGeneration());
        }
    }
}
