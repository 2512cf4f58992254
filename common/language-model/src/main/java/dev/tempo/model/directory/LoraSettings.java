package dev.tempo.model.directory;

import java.util.List;

/**
 * Low-rank adaptation (Hu et al., 2021): a projection's weights W stay as they are, and W + alpha / rank * B A takes their
 * place, where only A [rank, inputs] and B [outputs, rank] are trained.
 *
 * @param alpha what the product is multiplied by, times the rank
 * @param targets the projections, by their names in a layer, in the order of {@link #PROJECTIONS}
 */
public record LoraSettings(int rank, double alpha, List<String> targets) {
    /** Every projection of a layer. */
    public static final List<String> PROJECTIONS =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    public LoraSettings {
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be at least 1, but is " + rank);
        }
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("alpha must be above 0, but is " + alpha);
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must name at least one of " + PROJECTIONS);
        }
        for (String target : targets) {
            if (!PROJECTIONS.contains(target)) {
                throw new IllegalArgumentException(
                        "targets has '" + target + "', which is none of a layer's projections " + PROJECTIONS);
            }
        }
        List<String> named = targets;
        targets = PROJECTIONS.stream().filter(named::contains).toList();
    }

    /** What the product of the two matrices is multiplied by. */
    public double scale() {
        return alpha / rank;
    }
}
