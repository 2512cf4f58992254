package dev.tempo.critic;

import dev.tempo.contract.Topic;
import java.util.List;

/** Messages of one topic, to be acknowledged by the broker before the run takes its next step. */
public record Outgoing<V>(Topic<V> topic, List<V> messages) {
    public Outgoing {
        messages = List.copyOf(messages);
    }
}
