package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.succession.GroupLags;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import dev.tempo.timeline.SpanLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** The parts that every reader of topics is built from, and the loops of all of them. */
record ReaderContext(
        String service,
        KafkaClients clients,
        ConcurrentKafkaListenerContainerFactory<String, byte[]> containers,
        TopicCreation topics,
        GroupLags lags,
        Publisher publisher,
        DeadLetters deadLetters,
        MessagingProperties properties,
        SpanLog spans,
        List<LoopThread> loops) {

    ReaderContext(
            String service,
            KafkaClients clients,
            ConcurrentKafkaListenerContainerFactory<String, byte[]> containers,
            TopicCreation topics,
            GroupLags lags,
            Publisher publisher,
            DeadLetters deadLetters,
            MessagingProperties properties,
            SpanLog spans) {
        this(
                service,
                clients,
                containers,
                topics,
                lags,
                publisher,
                deadLetters,
                properties,
                spans,
                new CopyOnWriteArrayList<>());
    }

    /** The span of handling what came of a topic. */
    OpenSpan take(Topic<?> topic, int messages) {
        return spans.begin(SpanKind.HANDLING, "take").takes(topic.name(), messages);
    }

    /** A loop whose failure turns health DOWN. */
    LoopThread loop(String name, Runnable body) {
        LoopThread loop = new LoopThread(name, body);
        loops.add(loop);
        return loop;
    }
}
