package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * A listener that hands what one poll brought to a handler and tells the container which record failed: not knowing
 * that, Spring's error handler would try the whole batch again and put all of it into the dead letters. Messages that
 * fail together are tried one by one. A record is decoded once, however often it is handed over.
 */
final class BatchPortions<V> implements BatchMessageListener<String, byte[]> {
    private final Topic<V> topic;
    private final String group;
    private final ReaderContext context;
    private final DeadLetters deadLetters;
    private final Consumer<List<V>> handler;
    private final Delivery.LongWait wait;
    private volatile @Nullable Error error;
    private Map<ConsumerRecord<String, byte[]>, @Nullable Incoming<V>> decoded = new IdentityHashMap<>();
    private @Nullable ConsumerRecord<String, byte[]> suspect;
    private boolean hasFailed;

    BatchPortions(ReaderContext context, Topic<V> topic, String group, Consumer<List<V>> handler) {
        this.context = context;
        this.topic = topic;
        this.group = group;
        deadLetters = context.deadLetters();
        this.handler = handler;
        this.wait = new Delivery.LongWait(group, topic);
    }

    /**
     * The failure that ended the container. An {@link Error} of the handler is thrown instead.
     *
     * @param otherwise failure to return where the handler threw no error
     */
    RuntimeException failure(RuntimeException otherwise) {
        Error broken = error;
        if (broken != null) {
            throw broken;
        }
        return otherwise;
    }

    /** Whether the last portion failed; one that waits, or is given back at the end of the service, has not. */
    boolean hasFailed() {
        return hasFailed;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        context.take(topic, records.size()).run(() -> handle(records));
    }

    private void handle(List<ConsumerRecord<String, byte[]>> records) {
        List<Incoming<V>> messages = decode(records);
        boolean oneByOne = false;
        int from = 0;
        hasFailed = false;
        while (from < messages.size()) {
            Incoming<V> first = messages.get(from);
            boolean alone = oneByOne || first.record() == suspect;
            List<Incoming<V>> portion = messages.subList(from, alone ? from + 1 : messages.size());
            try {
                handler.accept(portion.stream().map(Incoming::message).toList());
                from += portion.size();
                wait.on("");
            } catch (NotYetException e) {
                from += Math.min(e.done(), portion.size());
                if (from < messages.size()) {
                    wait.on(String.valueOf(e.getMessage()));
                    throw failed(messages.get(from), e);
                }
            } catch (RefusedException e) {
                int refused = Math.min(e.done(), portion.size() - 1);
                deadLetters.add(portion.get(refused).record(), group, e);
                from += refused + 1;
                wait.on("");
            } catch (CancellationException e) {
                throw failed(first, e);
            } catch (RuntimeException e) {
                if (portion.size() == 1) {
                    suspect = first.record();
                    hasFailed = true;
                    throw failed(first, e);
                }
                oneByOne = true;
            } catch (Error e) {
                error = e;
                throw e;
            }
        }
    }

    private List<Incoming<V>> decode(List<ConsumerRecord<String, byte[]>> records) {
        Map<ConsumerRecord<String, byte[]>, @Nullable Incoming<V>> known = decoded;
        Map<ConsumerRecord<String, byte[]>, @Nullable Incoming<V>> now = new IdentityHashMap<>();
        List<Incoming<V>> messages = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            Incoming<V> message =
                    known.containsKey(record) ? known.get(record) : Incoming.decode(topic, record, group, deadLetters);
            now.put(record, message);
            if (message != null) {
                messages.add(message);
            }
        }
        decoded = now;
        return messages;
    }

    private static BatchListenerFailedException failed(Incoming<?> message, RuntimeException reason) {
        return new BatchListenerFailedException(String.valueOf(reason.getMessage()), reason, message.record());
    }
}
