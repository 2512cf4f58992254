package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.Collection;
import java.util.List;

/** Writes messages. Returns when the broker has them on its disk's way; a broker out of reach is waited for. Thread-safe. */
public final class Publisher {

    /** @throws PublishException when the broker refuses the message, for instance for its size */
    public <V> void publish(Topic<V> topic, V message) {
        publishAll(topic, List.of(message));
    }

    /** Sends all, then waits for all: much cheaper than one by one. */
    public <V> void publishAll(Topic<V> topic, Collection<? extends V> messages) {
        throw new UnsupportedOperationException();
    }
}
