package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.timeline.OpenSpan;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The single thread of a trainer: it reads one topic, of which it alone owns the run's partition. The trainer's
 * checkpoint says where it begins; Kafka's group only elects the owner, and no offset is committed. A record that
 * cannot be read becomes a dead letter. A trainer that is fenced leaves the group and joins it anew, so that the broker says
 * who owns the topic; any other exception of the trainer stops the loop, and health says why.
 */
public final class TrainerLoop<V> extends LoopLifecycle {
    private final ReaderContext context;
    private final String group;
    private final Topic<V> topic;
    private final Trainer<V> trainer;
    private final LoopThread loop;
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private volatile @Nullable TrainerSession<V> session;

    TrainerLoop(ReaderContext context, String group, Topic<V> topic, Function<TrainerLoop<V>, Trainer<V>> trainer) {
        this.context = context;
        this.group = group;
        this.topic = topic;
        this.loop = context.loop(group + " on " + topic.name(), this::run);
        this.trainer = trainer.apply(this);
    }

    /** Runs the event on the loop thread between two messages, at once when the loop is idle. From any thread. */
    public void post(Runnable event) {
        events.add(OpenSpan.carried(event));
        TrainerSession<V> current = session;
        if (current != null) {
            current.wakeUp();
        }
    }

    /**
     * The next offset of each partition owned; within {@link Trainer#on} the message at hand counts as read. Empty for a
     * standby. Loop thread only.
     */
    public Map<Integer, Long> positions() {
        return own().positions();
    }

    /**
     * The offset that each partition owned is known to reach, wherever this instance reads at present: where it ended when it became
     * this instance's, and how far it was read since. Loop thread only.
     */
    public Map<Integer, Long> ends() {
        return own().ends();
    }

    /**
     * The generation of the group in which this instance owns the topic: greater than that in which any other instance
     * owned it before, until the broker forgets the group. Loop thread only.
     */
    public int generation() {
        return own().generation();
    }

    /**
     * Reads again from the given offsets where they lie before the present position; partitions that this instance does
     * not own are ignored. Loop thread only.
     */
    public void rewind(Map<Integer, Long> to) {
        own().rewind(to);
    }

    /**
     * The id of the topic. Where it is another one than before, the topic was made anew, and offsets from before mean nothing. Loop
     * thread only.
     */
    public String log() {
        return own().log();
    }

    private TrainerSession<V> own() {
        TrainerSession<V> current = session;
        if (!loop.isCurrent() || current == null) {
            throw new IllegalStateException("only the thread of " + loop.name() + " may do this; use post");
        }
        return current;
    }

    private void run() {
        if (!context.topics().await()) {
            return;
        }
        Sessions.repeat(loop.name(), loop::running, () -> {
            Optional<String> log = context.topics().idOf(topic.name(), loop::running);
            if (log.isEmpty()) {
                return;
            }
            try (Consumer<String, byte[]> consumer = context.clients().member(group)) {
                TrainerSession<V> current = new TrainerSession<>(context, group, topic, log.get(), consumer, trainer);
                session = current;
                current.read(loop, this::runEvents);
            }
        });
    }

    private void runEvents() {
        for (Runnable event = events.poll(); event != null && loop.running(); event = events.poll()) {
            event.run();
        }
    }

    @Override
    LoopThread loop() {
        return loop;
    }
}
