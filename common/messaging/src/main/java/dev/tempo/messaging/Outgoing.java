package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.List;

/** Messages of one topic that domain code wants published, and acknowledged by the broker before what follows them. */
public record Outgoing<V>(Topic<V> topic, List<V> messages) {
    public Outgoing {
        messages = List.copyOf(messages);
    }
}
