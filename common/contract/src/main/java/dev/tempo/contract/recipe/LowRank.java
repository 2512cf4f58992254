package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import java.util.List;

/**
 * Low-rank adaptation (Hu et al., arXiv 2106.09685): a projection's weights W [outputs, inputs] are frozen, and W + alpha / rank *
 * B A takes their place, where only A [rank, inputs] and B [outputs, rank] are trained.
 *
 * @param rank the number of rows of A and of columns of B, at least 1
 * @param alpha the factor of the product, times the rank; above 0
 * @param targets the adapted projections by their names in a layer, in the order of {@link #PROJECTIONS} whatever the order
 *     they are given in
 */
public record LowRank(int rank, double alpha, List<String> targets) {
    /** The projections of a layer, all of which can be adapted. */
    public static final List<String> PROJECTIONS =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    public LowRank {
        Check.positive("rank", rank);
        Check.positive("alpha", alpha);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must name at least one of " + PROJECTIONS);
        }
        for (String target : targets) {
            if (!PROJECTIONS.contains(target)) {
                throw new IllegalArgumentException("targets has '" + target + "' but must be of " + PROJECTIONS);
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
