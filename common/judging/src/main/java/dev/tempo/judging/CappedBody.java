package dev.tempo.judging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber that takes the body of an HTTP reply up to a limit; a longer body is an error, so that it cannot fill
 * the heap.
 */
public final class CappedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /**
     * A subscriber with a limit.
     *
     * @param limit in bytes
     */
    public CappedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        started.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[Math.min(buffer.remaining(), limit + 1 - Math.min(limit + 1, bytes.size()))];
            buffer.get(part);
            bytes.write(part, 0, part.length);
        }
        if (bytes.size() > limit && subscription != null) {
            subscription.cancel();
            body.completeExceptionally(new IOException("the reply is longer than " + limit + " bytes"));
        }
    }

    @Override
    public void onError(Throwable reason) {
        body.completeExceptionally(reason);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
