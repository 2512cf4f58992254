package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.DisconnectException;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private int begun;

    @Test
    void aClientThatFailsOrDoesNotUnderstandItsBrokerIsReplaced() {
        failures.add(new DisconnectException("the broker is away"));
        failures.add(
                new IllegalStateException("Unexpected error code 15 while fetching from topic-partition requests-2"));
        repeat();

        assertThat(begun).isEqualTo(3);
    }

    @Test
    void whatIsWrongStaysWrongWithAnotherClient() {
        for (RuntimeException wrong :
                List.of(new IllegalStateException("the handler broke"), new ConfigException("no such setting"))) {
            failures.add(wrong);
            assertThatThrownBy(this::repeat).isSameAs(wrong);
        }
        assertThat(begun).isEqualTo(2);
    }

    private void repeat() {
        boolean[] running = {true};
        Sessions.repeat("reader", () -> running[0], () -> {
            begun++;
            if (!failures.isEmpty()) {
                throw failures.removeFirst();
            }
            running[0] = false;
        });
    }
}
