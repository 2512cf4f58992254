package dev.tempo.messaging;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/** The parts that every reader of topics is built from, and the loops of all of them. */
record ReaderContext(
        String service,
        KafkaClients clients,
        ConcurrentKafkaListenerContainerFactory<String, byte[]> containers,
        TopicCreation topics,
        Publisher publisher,
        DeadLetters deadLetters,
        MessagingProperties properties,
        List<LoopThread> loops) {

    ReaderContext(
            String service,
            KafkaClients clients,
            ConcurrentKafkaListenerContainerFactory<String, byte[]> containers,
            TopicCreation topics,
            Publisher publisher,
            DeadLetters deadLetters,
            MessagingProperties properties) {
        this(service, clients, containers, topics, publisher, deadLetters, properties, new CopyOnWriteArrayList<>());
    }

    /** A loop whose failure turns health DOWN. */
    LoopThread loop(String name, Runnable body) {
        LoopThread loop = new LoopThread(name, body);
        loops.add(loop);
        return loop;
    }
}
