package dev.tempo.messaging.succession;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/**
 * Questions to the broker by an admin client, none of which is waited for without end.
 *
 * @param patience with each answer
 */
public record AdminQuestions(Duration patience) {

    /** Several questions, each perhaps made of the answers before. */
    @FunctionalInterface
    public interface Series<T> {
        T ask(AdminQuestions questions) throws ExecutionException, TimeoutException, InterruptedException;
    }

    /** The answer, waited for as long as the patience lasts. */
    public <T> T answer(KafkaFuture<T> asked) throws ExecutionException, TimeoutException, InterruptedException {
        return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a series comes to; empty if the broker leaves one of its questions unanswered. */
    public static <T> Optional<T> ask(Duration patience, Series<T> series) {
        try {
            return Optional.of(series.ask(new AdminQuestions(patience)));
        } catch (ExecutionException | TimeoutException unanswered) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
