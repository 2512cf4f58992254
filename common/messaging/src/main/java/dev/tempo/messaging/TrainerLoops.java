package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.util.function.Function;

/** The maker of trainer loops; each is declared as a bean of its service. */
public final class TrainerLoops {
    private final ReaderContext context;

    TrainerLoops(ReaderContext context) {
        this.context = context;
    }

    /**
     * A loop for a trainer that never rewinds.
     *
     * @param group one loop of the group is active, further instances of the service are hot standbys
     */
    public <V> TrainerLoop<V> on(String group, Topic<V> topic, Trainer<V> trainer) {
        return on(group, topic, loop -> trainer);
    }

    /** A loop for a trainer that needs the loop itself, to rewind it. */
    public <V> TrainerLoop<V> on(String group, Topic<V> topic, Function<TrainerLoop<V>, Trainer<V>> trainer) {
        return new TrainerLoop<>(context, group, topic, trainer);
    }
}
