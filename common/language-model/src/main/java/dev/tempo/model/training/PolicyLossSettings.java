package dev.tempo.model.training;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyLossKind;
import java.util.Objects;

/**
 * Settings of the policy's loss: - aggregate(min(s A, clip(s, 1 - clipLow, 1 + clipHigh) A)) over the response tokens that
 * the policy wrote, plus {@code rehearsalWeight} times the mean cross-entropy of the rehearsed tokens (Eq. 12).
 *
 * <p>For {@link PolicyLossKind#TOKEN_CLIP} s is every token's own ratio r of new to old probability (Schulman et al., arXiv
 * 1707.06347). For {@link PolicyLossKind#SEQUENCE_CLIP} s is exp(mean over the row's counted tokens of log r), where the
 * gradient of token t is that of s exp(logp_t - stop(logp_t)) (Zheng et al., arXiv 2507.18071).
 *
 * @param kind whether ratios are clipped by token or by sequence
 * @param clipLow how far below 1 the ratio may fall, in [0, 1]
 * @param clipHigh how far above 1 the ratio may rise
 * @param aggregation how the losses of single tokens become one number
 * @param rehearsalWeight the weight of the rehearsed traces; 0 for none
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
