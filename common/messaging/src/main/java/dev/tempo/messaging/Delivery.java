package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on their way into a handler, until each is handled or given up. No thread, no clock, no network: the caller
 * pauses between attempts. A portion that keeps failing is halved until the message that fails stands alone.
 */
final class Delivery<V> {
    static final Duration NOT_YET_PAUSE = Duration.ofMillis(20);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Consumer<List<Incoming<V>>> handler;
    private final BiConsumer<Incoming<V>, RuntimeException> giveUp;
    private final int attempts;
    private final Duration backoff;
    private final Deque<Portion<V>> portions = new ArrayDeque<>();
    private String waitingFor = "";

    private record Portion<V>(List<Incoming<V>> messages, int failures) {}

    /** A wait of a reader, which is written to the log now and then once it is long. */
    static final class LongWait {
        private static final Logger LOG = LoggerFactory.getLogger(LongWait.class);
        private static final long LONG = Duration.ofSeconds(30).toNanos();

        private final String reader;
        private final String topic;
        private long since;
        private boolean waiting;

        LongWait(String reader, Topic<?> topic) {
            this.reader = reader;
            this.topic = topic.name();
        }

        /**
         * Takes note of a wait, or of its end.
         *
         * @param awaited what the reader waits for; empty when nothing waits
         */
        void on(String awaited) {
            long now = System.nanoTime();
            if (!waiting) {
                since = now;
            }
            waiting = !awaited.isEmpty();
            if (waiting && now - since > LONG) {
                since = now;
                LOG.atWarn()
                        .addKeyValue("reader", reader)
                        .addKeyValue("topic", topic)
                        .addKeyValue("awaited", awaited)
                        .log("a reader has long waited for something before it can take more");
            }
        }
    }

    Delivery(
            Consumer<List<Incoming<V>>> handler,
            BiConsumer<Incoming<V>, RuntimeException> giveUp,
            int attempts,
            Duration backoff) {
        this.handler = handler;
        this.giveUp = giveUp;
        this.attempts = attempts;
        this.backoff = backoff;
    }

    void add(List<Incoming<V>> messages) {
        if (!messages.isEmpty()) {
            portions.add(new Portion<>(messages, 0));
        }
    }

    boolean isFinished() {
        return portions.isEmpty();
    }

    /** The message of the last {@link NotYetException}; empty when nothing waits. */
    String waitingFor() {
        return waitingFor;
    }

    /** Forgets what belongs to partitions that somebody else reads now. */
    void drop(Collection<TopicPartition> partitions) {
        List<Portion<V>> kept = new ArrayList<>();
        for (Portion<V> portion : portions) {
            List<Incoming<V>> mine = portion.messages().stream()
                    .filter(message -> !partitions.contains(message.partition()))
                    .toList();
            if (!mine.isEmpty()) {
                kept.add(new Portion<>(mine, portion.failures()));
            }
        }
        portions.clear();
        portions.addAll(kept);
    }

    /** Hands the next portion over once and returns how long to pause before the next attempt. */
    Duration attempt() {
        Portion<V> portion = portions.remove();
        waitingFor = "";
        try {
            handler.accept(portion.messages());
            return Duration.ZERO;
        } catch (NotYetException e) {
            waitingFor = String.valueOf(e.getMessage());
            List<Incoming<V>> messages = portion.messages();
            List<Incoming<V>> left = messages.subList(Math.min(e.done(), messages.size()), messages.size());
            if (left.isEmpty()) {
                return Duration.ZERO;
            }
            portions.addFirst(new Portion<>(left, portion.failures()));
            return NOT_YET_PAUSE;
        } catch (RefusedException e) {
            List<Incoming<V>> messages = portion.messages();
            int refused = Math.min(e.done(), messages.size() - 1);
            giveUp.accept(messages.get(refused), e);
            if (refused + 1 < messages.size()) {
                portions.addFirst(new Portion<>(messages.subList(refused + 1, messages.size()), portion.failures()));
            }
            return Duration.ZERO;
        } catch (CancellationException stopping) {
            portions.addFirst(portion);
            return NOT_YET_PAUSE;
        } catch (RuntimeException e) {
            return failed(portion, e);
        }
    }

    private Duration failed(Portion<V> portion, RuntimeException reason) {
        int failures = portion.failures() + 1;
        List<Incoming<V>> messages = portion.messages();
        if (failures < attempts) {
            portions.addFirst(new Portion<>(messages, failures));
            Duration pause = backoff.multipliedBy(1L << Math.min(failures - 1, 16));
            return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
        if (messages.size() == 1) {
            giveUp.accept(messages.get(0), reason);
            return Duration.ZERO;
        }
        int half = messages.size() / 2;
        portions.addFirst(new Portion<>(messages.subList(half, messages.size()), attempts - 1));
        portions.addFirst(new Portion<>(messages.subList(0, half), attempts - 1));
        return Duration.ZERO;
    }
}
