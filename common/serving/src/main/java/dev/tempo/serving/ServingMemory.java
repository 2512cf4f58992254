package dev.tempo.serving;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.inference.GenerationMemory;

/**
 * The memory of an endpoint, in bytes, computed from config.json alone.
 *
 * @param versions that may be in memory at once
 * @param weights of each
 * @param cache keys and values of each, in full
 * @param activations intermediate results of each
 */
public record ServingMemory(int versions, long weights, long cache, long activations) {

    /** That of a model's versions under these settings. */
    public static ServingMemory of(ModelConfig config, ServingSettings settings) {
        int rows = settings.limits().rows();
        int longest = config.maxPositions();
        long useful = GenerationMemory.cache(config, settings.type(), rows, longest);
        return new ServingMemory(
                settings.versions(),
                config.parameters() * settings.type().bytes(),
                Math.min(useful, settings.limits().cacheBytes()),
                GenerationMemory.activations(config, settings.type(), rows, longest));
    }

    /** All of it. */
    public long total() {
        return versions * (weights + cache + activations);
    }
}
