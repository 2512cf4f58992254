package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import java.util.List;

/**
 * Low-rank adaptation (LoRA): W + alpha / rank * B A takes the place of a projection's weights W, and only A and B are
 * trained.
 *
 * @param targets the projections: q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj or some of them
 */
public record LowRank(int rank, double alpha, List<String> targets) {
    /** Every projection of a layer. */
    public static final List<String> PROJECTIONS =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    public LowRank {
        Check.positive("rank", rank);
        Check.positive("alpha", alpha);
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must name at least one of " + PROJECTIONS);
        }
        for (String target : targets) {
            if (!PROJECTIONS.contains(target)) {
                throw new IllegalArgumentException("targets has '" + target + "' but must be of " + PROJECTIONS);
            }
        }
    }
}
