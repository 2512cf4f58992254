package dev.tempo.messaging;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A handler that gathers messages before it acts, so that a crash must make the unfinished ones come again. */
public interface LowWaterMarkHandler<V> {

    /**
     * Takes messages in offset order per partition.
     *
     * @return for each partition with unfinished messages, of this call or of earlier ones, the lowest of their offsets;
     *     a partition that is not named is finished up to here
     */
    Map<Integer, Long> on(List<Received<V>> received);

    /** Forgets what is unfinished in partitions that another instance reads from now on; it starts there anew. */
    void revoked(Set<Integer> partitions);
}
