package dev.tempo.model.inference;

import dev.tempo.model.device.ComputeDevice;

/**
 * Limits of generation: memory and the number of responses at a time.
 *
 * @param cacheBytes bytes of keys and values; a response needs those of its prompt and of as many new tokens as it may have
 * @param rows the number of responses that are generated side by side
 */
public record GenerationLimits(long cacheBytes, int rows) {
    public GenerationLimits {
        if (cacheBytes < 1) {
            throw new IllegalArgumentException("cacheBytes must be at least 1, but is " + cacheBytes);
        }
        if (rows < 1) {
            throw new IllegalArgumentException("rows must be at least 1, but is " + rows);
        }
    }

    /** Limits of half a GiB and 256 responses, which suit a laptop. */
    public static GenerationLimits standard() {
        return new GenerationLimits(512L << 20, 256);
    }

    /**
     * The bytes for keys and values on a device: a quarter of a GPU's memory where its size is known, otherwise half a GiB.
     */
    public static long cacheBytes(ComputeDevice device) {
        return device.memory().stream()
                .map(memory -> memory / 4)
                .findAny()
                .orElse(standard().cacheBytes());
    }
}
