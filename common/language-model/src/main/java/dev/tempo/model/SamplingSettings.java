package dev.tempo.model;

/**
 * How tokens are drawn.
 *
 * @param temperature what logits are divided by before sampling, above 0
 * @param maxNewTokens where a response is cut off, environment tokens counted
 */
public record SamplingSettings(double temperature, int maxNewTokens) {
    public SamplingSettings {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be a number above 0, but is " + temperature);
        }
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens must be at least 1, but is " + maxNewTokens);
        }
    }
}
