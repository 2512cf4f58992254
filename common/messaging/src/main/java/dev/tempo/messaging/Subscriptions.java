package dev.tempo.messaging;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.Refusals;
import dev.tempo.messaging.letters.RefusedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** The maker of subscriptions; each is declared as a bean of its service. */
public final class Subscriptions {
    private final ReaderContext context;

    Subscriptions(ReaderContext context) {
        this.context = context;
    }

    /**
     * A subscription by which one instance of the group gets each message, at least once: offsets are committed after
     * the handler returned.
     *
     * @param group one per topic: groups of several topics rebalance together
     * @param handler gets what one poll brought, in offset order per partition. Messages whose handler throws are tried
     *     again one by one, with growing pauses, and then put, alone, into the topic's dead letters;
     *     {@link NotYetException} waits, {@link RefusedException} puts one there at once
     */
    public <V> Subscription inGroup(String group, Topic<V> topic, Consumer<List<V>> handler) {
        return new GroupListener<>(context, group, topic, handler);
    }

    /**
     * A subscription by which every instance reads every message from the beginning of the topic, one by one, and then
     * what is added.
     */
    public <V> FullSubscription<V> everything(Topic<V> topic, Consumer<V> handler) {
        return everything(topic, handler, () -> {});
    }

    /**
     * A subscription like {@link #everything(Topic, Consumer)}, with a call when all that was there at the start is
     * handled.
     *
     * @param afterCatchingUp runs once, on the subscription's thread, when all that was there at the start is handled
     */
    public <V> FullSubscription<V> everything(Topic<V> topic, Consumer<V> handler, Runnable afterCatchingUp) {
        return everythingSince(Instant.EPOCH, topic, received -> handler.accept(received.message()), afterCatchingUp);
    }

    /**
     * A subscription like {@link #everything(Topic, Consumer, Runnable)} that tells where each message lies.
     *
     * @param log gets the id of the topic before any message comes, and again where the topic was made anew
     */
    public <V> FullSubscription<V> everythingWithPlace(
            Topic<V> topic, Consumer<String> log, Consumer<Received<V>> handler, Runnable afterCatchingUp) {
        return new FullSubscription<>(context, topic, handler, afterCatchingUp, null, log, () -> Instant.EPOCH);
    }

    /**
     * A subscription like {@link #everything(Topic, Consumer, Runnable)} that begins with the first message that was written since a time.
     *
     * @param since by the clocks of who wrote them; {@link Instant#EPOCH} for the beginning of the topic
     */
    public <V> FullSubscription<V> everythingSince(
            Instant since, Topic<V> topic, Consumer<Received<V>> handler, Runnable afterCatchingUp) {
        return new FullSubscription<>(context, topic, handler, afterCatchingUp, null, null, () -> since);
    }

    /**
     * A subscription like {@link #everything(Topic, Consumer, Runnable)} that begins when another one has caught up, and then with the first
     * message that was written since a time.
     *
     * @param first is started and stopped by this one
     * @param since asked once the first has caught up, by the clocks of who wrote the messages; {@link Instant#EPOCH} for the beginning of
     *     the topic
     */
    public <V> FullSubscription<V> everythingAfter(
            FullSubscription<?> first,
            Supplier<Instant> since,
            Topic<V> topic,
            Consumer<Received<V>> handler,
            Runnable afterCatchingUp) {
        return new FullSubscription<>(context, topic, handler, afterCatchingUp, first, null, since);
    }

    /**
     * A subscription like {@link #everything(Topic, Consumer, Runnable)} to the runs, each in the state that it is in: one that
     * has ended is over, whatever was announced of it before or after. One call comes at a time.
     *
     * @param ends the topic that says which runs have ended; it is read first
     */
    public FullSubscription<Run> runs(
            Topic<Run> runs, Topic<RunEnd> ends, Consumer<Run> handler, Runnable afterCatchingUp) {
        RunStates states = new RunStates(run -> {
            if (!run.state().isOver()) {
                context.spans().announced(run.run(), Path.of(run.directory()));
            }
            handler.accept(run);
        });
        return new FullSubscription<>(
                context,
                runs,
                run -> states.announced(run.message()),
                () -> states.alone(afterCatchingUp),
                everything(ends, states::ended),
                null,
                () -> Instant.EPOCH);
    }

    /**
     * A subscription like {@link #inGroup}, but only offsets below the handler's low-water mark are committed, so that
     * what it has gathered and not finished comes again after a crash.
     */
    public <V> Subscription withLowWaterMark(String group, Topic<V> topic, LowWaterMarkHandler<V> handler) {
        return new GroupSubscription<>(context, group, topic, handler);
    }

    /**
     * The way to the topic's dead letters for a handler that has gathered messages; one that lists the refused message no longer
     * as unfinished.
     *
     * @param reader its name in the dead letters
     */
    public Refusals refusals(String reader, Topic<?> topic) {
        return (partition, offset, reason) -> context.deadLetters()
                .add(
                        context.clients(),
                        new TopicPartition(topic.name(), partition),
                        offset,
                        reader,
                        new RefusedException(reason));
    }

    /** The runs as they were announced, and as over once they have ended. Two threads tell it; its handler hears of one at a time. */
    private static final class RunStates {
        private final Consumer<Run> handler;
        private final Map<String, Run> announced = new HashMap<>();
        private final Map<String, RunEnd> ends = new HashMap<>();

        RunStates(Consumer<Run> handler) {
            this.handler = handler;
        }

        synchronized void announced(Run run) {
            announced.put(run.run(), run);
            RunEnd end = ends.get(run.run());
            handler.accept(end == null ? run : run.withState(end.outcome().state()));
        }

        synchronized void ended(RunEnd end) {
            Run run = announced.get(end.run());
            if (ends.put(end.run(), end) == null && run != null) {
                handler.accept(run.withState(end.outcome().state()));
            }
        }

        synchronized void alone(Runnable call) {
            call.run();
        }
    }
}
