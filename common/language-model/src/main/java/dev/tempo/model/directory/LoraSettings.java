package dev.tempo.model.directory;

import java.util.List;

/**
 * Low-rank adaptation (Hu et al., arXiv 2106.09685): a projection's weights W [outputs, inputs] are frozen, and W + alpha /
 * rank * B A replaces them, where only A [rank, inputs] and B [outputs, rank] are trained.
 *
 * @param rank the number of rows of A and of columns of B, at least 1
 * @param alpha the factor of the product, times the rank
 * @param targets the adapted projections, by their names in a layer, in the order of {@link #PROJECTIONS}
 */
public record LoraSettings(int rank, double alpha, List<String> targets) {
    /** The projections of a layer, all of which can be adapted. */
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

    /** The factor of the product B A: alpha / rank. */
    public double scale() {
        return alpha / rank;
    }
}
