package dev.tempo.model.inference;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.forward.Buckets;
import dev.tempo.model.forward.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Engines that generate with the same weights, each in a thread of its own with its share of rows and memory: as many as there
 * are lanes, but no more than can each hold the longest sequence that the model takes. What a response is does not depend
 * on its engine.
 */
final class GenerationLanes implements AutoCloseable {
    /** The fewest responses that are worth another engine: each reads all weights once a token. */
    static final int FEWEST = 8;

    private final List<GenerationEngine> engines;

    GenerationLanes(Transformer transformer, GenerationLimits limits, boolean first) {
        this(
                transformer,
                limits,
                first,
                count(transformer, limits, ComputeDevice.current().lanes()));
    }

    private GenerationLanes(Transformer transformer, GenerationLimits limits, boolean first, int count) {
        GenerationLimits share = new GenerationLimits(limits.cacheBytes() / count, limits.rows() / count);
        engines = IntStream.range(0, count)
                .mapToObj(lane -> new GenerationEngine(transformer, share, first))
                .toList();
    }

    private static int count(Transformer transformer, GenerationLimits limits, int most) {
        ModelConfig config = transformer.config();
        long longest = GenerationMemory.cache(config, transformer.type(), 1, config.maxPositions() + Buckets.SHORT);
        long held = Math.min(limits.rows() / FEWEST, limits.cacheBytes() / longest);
        return (int) Math.max(1, Math.min(most, held));
    }

    /**
     * Submits tasks, neighbours to one engine, and gives one future per task in their order.
     *
     * @throws TaskTooLargeException if one of the tasks can never be generated; then none is begun
     * @throws IllegalArgumentException if an id lies outside the vocabulary; then none is begun either
     */
    List<CompletableFuture<GeneratedResponse>> submit(List<GenerationTask> tasks) {
        tasks.forEach(this::check);
        int[] shares = shares(
                tasks.size(), engines.stream().mapToInt(GenerationEngine::open).toArray());
        List<CompletableFuture<GeneratedResponse>> futures = new ArrayList<>();
        int from = 0;
        for (int lane = 0; lane < shares.length; lane++) {
            if (shares[lane] > 0) {
                futures.addAll(engines.get(lane).submit(tasks.subList(from, from + shares[lane])));
                from += shares[lane];
            }
        }
        return futures;
    }

    /**
     * The number of tasks for each lane: a few at a time to the one that has least to do.
     *
     * @param open what each lane has to do already
     */
    static int[] shares(int tasks, int[] open) {
        int[] shares = new int[open.length];
        for (int left = tasks; left > 0; left -= FEWEST) {
            int least = 0;
            for (int lane = 1; lane < open.length; lane++) {
                if (open[lane] + shares[lane] < open[least] + shares[least]) {
                    least = lane;
                }
            }
            shares[least] += Math.min(FEWEST, left);
        }
        return shares;
    }

    void check(GenerationTask task) {
        engines.get(0).check(task);
    }

    /** The most tokens that a response to a prompt may have; 0 if there is room for none. */
    int longestResponse(int prompt) {
        return engines.get(0).longestResponse(prompt);
    }

    /** The number of tasks that wait for a row or for memory. */
    int waiting() {
        return engines.stream().mapToInt(GenerationEngine::waiting).sum();
    }

    /** Gives up all tasks that wait or are being generated. */
    @Override
    public void close() {
        engines.forEach(GenerationEngine::close);
    }
}
