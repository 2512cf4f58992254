package dev.tempo.critic;

import dev.tempo.messaging.Outgoing;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What a trainer needs of its loop.
 *
 * @param generation of the loop's group, in which this trainer owns the topic
 * @param ends where each partition of the topic of judged labeled trajectories ends, wherever the loop reads at present
 * @param rewind reads that topic again from these offsets
 * @param send returns when the broker has acknowledged all messages
 */
public record Bus(
        IntSupplier generation,
        Supplier<Map<Integer, Long>> ends,
        Consumer<Map<Integer, Long>> rewind,
        Consumer<Outgoing<?>> send) {}
