package dev.tempo.model.inference;

import dev.tempo.model.device.ComputeDevice;

/**
 * What generation may use at once.
 *
 * @param cacheBytes of keys and values; a response needs those of its prompt and of as many new tokens as it may have
 * @param rows responses
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

    /** Half a GiB and 256 responses: a laptop's share. */
    public static GenerationLimits standard() {
        return new GenerationLimits(512L << 20, 256);
    }

    /** Bytes for keys and values on a device: half a GiB, of a GPU whose memory is known a quarter of that. */
    public static long cacheBytes(ComputeDevice device) {
        return device.memory().stream()
                .map(memory -> memory / 4)
                .findAny()
                .orElse(standard().cacheBytes());
    }
}
