package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.service.MessageRound;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import dev.tempo.timeline.SpanLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/** A writer of messages that returns when the broker has acknowledged them; a broker out of reach is waited for. Thread-safe. */
public final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(3);
    private static final long NEVER = Long.MAX_VALUE;
    /** Messages that are in memory together. */
    private static final int PORTION = 10_000;

    private final KafkaTemplate<String, byte[]> template;
    private final TopicCreation topics;
    private final SpanLog spans;
    private volatile long giveUpAt = NEVER;

    Publisher(KafkaTemplate<String, byte[]> template, TopicCreation topics, SpanLog spans) {
        this.template = template;
        this.topics = topics;
        this.spans = spans;
    }

    /** Whether the broker has been reached and every topic is there; before that, publishing waits. */
    public boolean isReady() {
        return topics.created();
    }

    /**
     * Writes one message.
     *
     * @throws PublishException when the broker refuses it, for instance for its size
     */
    public <V> void publish(Topic<V> topic, V message) {
        publishAll(topic, List.of(message));
    }

    /** Writes all messages, then waits for all: much cheaper than one by one. Of many, one portion after the other. */
    public <V> void publishAll(Topic<V> topic, Collection<? extends V> messages) {
        publishAll(topic, messages, NEVER);
    }

    private <V> void publishAll(Topic<V> topic, Collection<? extends V> messages, long giveUp) {
        if (messages.isEmpty()) {
            return;
        }
        OpenSpan span = spans.begin(SpanKind.MESSAGING, "publish").publishes(topic.name(), messages.size());
        MessageRound.of(messages.iterator().next()).of(span);
        span.run(() -> {
            Iterator<? extends V> rest = messages.iterator();
            while (rest.hasNext()) {
                send(OpenSpan.within(SpanKind.JSON, "write").get(() -> records(topic, rest)), giveUp);
            }
        });
    }

    /**
     * Writes all messages as {@link #publishAll(Topic, Collection)} does, and waits for a broker out of reach only for a while.
     *
     * @param patience at least; a client that knows nothing of the topic waits for the broker for up to ten seconds
     * @throws PublishException also where not all are acknowledged by then; some may be on the topic, now or later
     */
    public <V> void publishWithin(Duration patience, Topic<V> topic, Collection<? extends V> messages) {
        long giveUp = System.nanoTime() + patience.toNanos();
        if (!isReady()) {
            throw new PublishException("Kafka has not come into reach yet", null);
        }
        publishAll(topic, messages, giveUp);
    }

    /** The records of the next portion of messages. */
    private static <V> List<ProducerRecord<String, byte[]>> records(Topic<V> topic, Iterator<? extends V> messages) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        while (messages.hasNext() && records.size() < PORTION) {
            records.add(record(topic, messages.next()));
        }
        return records;
    }

    /**
     * The record of a message.
     *
     * @throws PublishException if it is longer than what is read
     */
    public static <V> ProducerRecord<String, byte[]> record(Topic<V> topic, V message) {
        byte[] value = topic.isDeletion(message) ? null : Wire.write(message);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), topic.keyOf(message), value);
        if (value != null && value.length > ClientSettings.MAX_MESSAGE) {
            throw refused(
                    record, new RecordTooLargeException("at most " + ClientSettings.MAX_MESSAGE + " bytes are read"));
        }
        return record;
    }

    /** Writes all messages of one topic, then waits for all. */
    public <V> void publish(Outgoing<V> outgoing) {
        publishAll(outgoing.topic(), outgoing.messages());
    }

    /** In their order: each is acknowledged before the next is sent. */
    public void publishAll(List<Outgoing<?>> inOrder) {
        inOrder.forEach(this::publish);
    }

    void send(List<ProducerRecord<String, byte[]>> records) {
        send(records, NEVER);
    }

    private void send(List<ProducerRecord<String, byte[]>> records, long giveUp) {
        if (records.isEmpty()) {
            return;
        }
        if (!topics.await()) {
            throw new PublishException("the service stops before Kafka came into reach", null);
        }
        List<ProducerRecord<String, byte[]>> unsent = records;
        while (!unsent.isEmpty()) {
            unsent = sendOnce(unsent, giveUp);
        }
    }

    /** From now on a broker out of reach is waited for only briefly: the service stops. */
    void hurry() {
        giveUpAt = System.nanoTime() + LAST_CHANCE.toNanos();
    }

    /** Returns the records to send again. */
    private List<ProducerRecord<String, byte[]>> sendOnce(List<ProducerRecord<String, byte[]>> records, long giveUp) {
        List<Future<SendResult<String, byte[]>>> sent = new ArrayList<>(records.size());
        for (ProducerRecord<String, byte[]> record : records) {
            Future<SendResult<String, byte[]>> result = begin(record);
            sent.add(result);
            if (result.isDone()) {
                // the broker is out of reach and every further one would wait as long
                break;
            }
        }
        List<ProducerRecord<String, byte[]>> again = new ArrayList<>();
        Throwable reason = null;
        for (int i = 0; i < sent.size(); i++) {
            Throwable failure = failure(records.get(i), sent.get(i), giveUp);
            if (failure != null) {
                again.add(records.get(i));
                reason = failure;
            }
        }
        if (reason != null) {
            LOG.atWarn()
                    .addKeyValue("topic", records.get(0).topic())
                    .addKeyValue("messages", records.size())
                    .addKeyValue("unacknowledged", again.size())
                    .addKeyValue("reason", reason.getMessage())
                    .log("Kafka has not acknowledged all messages; the others are sent again");
        }
        again.addAll(records.subList(sent.size(), records.size()));
        return again;
    }

    /** A failure at once comes as an exception from the template and as a failed result from here. */
    private Future<SendResult<String, byte[]>> begin(ProducerRecord<String, byte[]> record) {
        try {
            return template.send(record);
        } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Null when acknowledged, else why it is worth another try. */
    private @Nullable Throwable failure(
            ProducerRecord<String, byte[]> record, Future<SendResult<String, byte[]>> sent, long giveUp) {
        while (true) {
            try {
                sent.get(200, TimeUnit.MILLISECONDS);
                return null;
            } catch (TimeoutException e) {
                if (isOver(giveUp)) {
                    throw refused(record, e);
                }
            } catch (ExecutionException e) {
                Throwable cause = reason(e);
                if (!(cause instanceof RetriableException) || isOver(giveUp)) {
                    throw refused(record, cause);
                }
                return cause;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refused(record, e);
            }
        }
    }

    /** What Kafka said, out of what Spring wraps around it. */
    private static @Nullable Throwable reason(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return cause instanceof KafkaException && cause.getCause() != null ? cause.getCause() : cause;
    }

    private boolean isOver(long giveUp) {
        return isPast(giveUpAt) || isPast(giveUp);
    }

    private static boolean isPast(long time) {
        return time != NEVER && System.nanoTime() - time > 0;
    }

    private static PublishException refused(ProducerRecord<String, byte[]> record, @Nullable Throwable cause) {
        return new PublishException(
                "message " + record.key() + " of " + (record.value() == null ? 0 : record.value().length)
                        + " bytes for topic " + record.topic()
                        + " was not acknowledged: " + cause,
                cause);
    }
}
