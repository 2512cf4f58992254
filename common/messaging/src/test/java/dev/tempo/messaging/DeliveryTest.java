package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Duration BACKOFF = Duration.ofMillis(100);

    private final List<List<Integer>> seen = new ArrayList<>();
    private final List<Integer> givenUp = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void aHandlerThatReturnsIsAskedOnce() {
        deliver(3, messages -> {});
        assertThat(seen).containsExactly(List.of(0, 1, 2));
        assertThat(pauses).containsExactly(Duration.ZERO);
    }

    @Test
    void aFailureIsTriedAgainWithGrowingPauses() {
        deliver(1, messages -> {
            throw new IllegalStateException("broken");
        });
        assertThat(seen).hasSize(4);
        assertThat(pauses).containsExactly(BACKOFF, BACKOFF.multipliedBy(2), BACKOFF.multipliedBy(4), Duration.ZERO);
        assertThat(givenUp).containsExactly(0);
    }

    @Test
    void onlyTheMessageThatFailsIsGivenUp() {
        List<Integer> handled = new ArrayList<>();
        deliver(9, messages -> {
            if (messages.contains(5)) {
                throw new IllegalStateException("broken");
            }
            handled.addAll(messages);
        });
        assertThat(givenUp).containsExactly(5);
        assertThat(handled).containsExactly(0, 1, 2, 3, 4, 6, 7, 8);
    }

    @Test
    void whatIsCancelledIsNoFailureEither() {
        deliver(2, messages -> {
            if (seen.size() < 50) {
                throw new CancellationException("the process ends");
            }
        });
        assertThat(seen).hasSize(50).allMatch(List.of(0, 1)::equals);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void waitingIsNoFailureHoweverLongItTakes() {
        deliver(2, messages -> {
            if (seen.size() < 50) {
                throw new NotYetException("critic version 3");
            }
        });
        assertThat(seen).hasSize(50).allMatch(List.of(0, 1)::equals);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void whatWasDoneBeforeWaitingDoesNotComeAgain() {
        deliver(3, messages -> {
            if (seen.size() == 1) {
                throw new NotYetException("critic version 3", 2);
            }
        });
        assertThat(seen).containsExactly(List.of(0, 1, 2), List.of(2));
    }

    @Test
    void messagesOfALostPartitionAreForgotten() {
        Delivery<Integer> delivery = delivery(messages -> {
            throw new NotYetException("something");
        });
        delivery.add(messages(2));
        delivery.attempt();
        delivery.drop(Set.of(new TopicPartition("topic", 0)));
        assertThat(delivery.isFinished()).isTrue();
    }

    private void deliver(int count, Consumer<List<Integer>> handler) {
        Delivery<Integer> delivery = delivery(handler);
        delivery.add(messages(count));
        while (!delivery.isFinished()) {
            pauses.add(delivery.attempt());
        }
    }

    private Delivery<Integer> delivery(Consumer<List<Integer>> handler) {
        return new Delivery<>(
                batch -> {
                    List<Integer> messages =
                            batch.stream().map(Incoming::message).toList();
                    seen.add(messages);
                    handler.accept(messages);
                },
                (message, reason) -> givenUp.add(message.message()),
                4,
                BACKOFF);
    }

    private static List<Incoming<Integer>> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Incoming<>(i, new ConsumerRecord<>("topic", 0, i, "key", new byte[0])))
                .toList();
    }
}
