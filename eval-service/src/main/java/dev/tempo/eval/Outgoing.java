package dev.tempo.eval;

import dev.tempo.contract.Topic;
import java.util.List;

/** Messages of one topic, to be acknowledged by the broker before what follows them. */
public record Outgoing<V>(Topic<V> topic, List<V> messages) {
    public Outgoing {
        messages = List.copyOf(messages);
    }
}
