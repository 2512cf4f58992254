package dev.tempo.model.training;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyLossKind;
import java.util.Objects;

/**
 * The loss of a policy step: - aggregate(min(s A, clip(s, 1 - clipLow, 1 + clipHigh) A)) over response tokens that the
 * policy wrote, plus {@code rehearsalWeight} times the mean cross-entropy of the rehearsed tokens. s is exp(mean over the row's counted
 * tokens of log r) for {@link PolicyLossKind#SEQUENCE_CLIP} (the gradient of token t is that of s exp(logp_t - stop(logp_t));
 * Zheng et al., 2025) and every token's own ratio r for {@link PolicyLossKind#TOKEN_CLIP} (Schulman et al., 2017).
 *
 * @param clipLow how far below 1 the ratio may fall, in [0, 1]
 * @param clipHigh how far above 1 the ratio may rise
 */
public record PolicyLossSettings(
        PolicyLossKind kind, double clipLow, double clipHigh, Aggregation aggregation, double rehearsalWeight) {
    public PolicyLossSettings {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(aggregation);
        if (!(clipLow >= 0 && clipLow <= 1)) {
            throw new IllegalArgumentException("clipLow must be in [0, 1], but is " + clipLow);
        }
        if (!(clipHigh >= 0)) {
            throw new IllegalArgumentException("clipHigh must be at least 0, but is " + clipHigh);
        }
        if (!(rehearsalWeight >= 0) || Double.isInfinite(rehearsalWeight)) {
            throw new IllegalArgumentException(
                    "rehearsalWeight must be a number of at least 0, but is " + rehearsalWeight);
        }
    }
}
