package dev.tempo.eval.kafka;

import dev.tempo.eval.Outgoing;
import dev.tempo.messaging.Publisher;
import java.util.List;

/** Publishes what the planner wants published, in its order. */
final class Outbox {
    private final Publisher publisher;

    Outbox(Publisher publisher) {
        this.publisher = publisher;
    }

    void publish(List<Outgoing<?>> outgoing) {
        outgoing.forEach(this::publish);
    }

    private <V> void publish(Outgoing<V> outgoing) {
        publisher.publishAll(outgoing.topic(), outgoing.messages());
    }
}
