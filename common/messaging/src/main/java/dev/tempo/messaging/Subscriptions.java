package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.List;
import java.util.function.Consumer;

/** Makes subscriptions; declare each as a bean of the service. */
public final class Subscriptions {

    /**
     * One instance of the group gets each message, at least once: offsets are committed after the handler returned.
     *
     * @param group one per topic: groups of several topics rebalance together
     * @param handler gets what one poll brought, in offset order per partition. Messages whose handler throws are tried
     *     again with growing pauses and then put, alone, into the topic's dead letters; {@link NotYetException} waits
     */
    public <V> Subscription inGroup(String group, Topic<V> topic, Consumer<List<V>> handler) {
        throw new UnsupportedOperationException();
    }

    /** Every instance reads every message from the beginning of the topic, one by one, and then what comes. */
    public <V> Subscription everything(Topic<V> topic, Consumer<V> handler) {
        return everything(topic, handler, () -> {});
    }

    /** @param afterCatchingUp runs once, on the subscription's thread, when all that was there at the start is handled */
    public <V> Subscription everything(Topic<V> topic, Consumer<V> handler, Runnable afterCatchingUp) {
        throw new UnsupportedOperationException();
    }

    /** Like {@link #inGroup}, but only offsets below the handler's low-water mark are committed. */
    public <V> Subscription withLowWaterMark(String group, Topic<V> topic, LowWaterMarkHandler<V> handler) {
        throw new UnsupportedOperationException();
    }
}
