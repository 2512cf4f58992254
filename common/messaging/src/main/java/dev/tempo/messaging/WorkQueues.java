package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.FailedRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The maker of work queues; each is declared as a bean of its service. */
public final class WorkQueues {
    /**
     * The messages of a work queue that workers took and did not finish. Each waits on a topic of its own, from which a worker takes
     * one at a time: a worker that dies of it takes no other message with it, and how often that happened is counted by the broker,
     * message by message.
     *
     * @param topic of the suspects; any worker of the group may write to it
     * @param fail ends a message that workers did not finish alone either; gets the reason. The message is a dead letter as well
     */
    public record Suspects<V>(Topic<V> topic, BiConsumer<V, String> fail) {}

    /**
     * What the workers of one group in this process share: they end together.
     *
     * @param trial read by who works on messages together with others, written by who tries a suspect: whatever else were at work in the
     *     process could take it down meanwhile
     * @param failed suspects
     */
    record Colleagues(ReentrantReadWriteLock trial, FailedRecords failed) {}

    private final ReaderContext context;
    private final Map<String, Colleagues> groups = new ConcurrentHashMap<>();

    WorkQueues(ReaderContext context) {
        this.context = context;
    }

    /**
     * A worker of the group.
     *
     * @param group all workers of the group share the topics' messages, each message going to one of them
     * @param topics by priority: a later one is looked at only when the earlier ones are empty, suspects come last
     * @param maxRecords most messages handed over at once; all of one call come from one topic
     * @param handler runs on a thread of its own; messages are accepted when it returns, and come again when it throws. A message for
     *     which, handed over alone, it throws a {@link dev.tempo.messaging.letters.RefusedException} is a dead letter at once
     */
    public <V> WorkQueue on(
            String group, List<Topic<V>> topics, int maxRecords, Consumer<List<V>> handler, Suspects<V> suspects) {
        if (topics.isEmpty() || maxRecords < 1) {
            throw new IllegalArgumentException(
                    "a work queue needs topics and at least one record at a time, here " + topics + ", " + maxRecords);
        }
        Colleagues colleagues = groups.computeIfAbsent(
                group,
                any -> new Colleagues(
                        new ReentrantReadWriteLock(),
                        new FailedRecords(suspects.topic().deadLetters())));
        return new WorkQueue(
                context,
                group,
                running -> new Worker<>(context, colleagues, group, topics, maxRecords, handler, suspects, running));
    }
}
