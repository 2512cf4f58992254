package dev.tempo.model.training;

import java.util.Objects;

/**
 * The loss of a critic step.
 *
 * @param clip how far a row's mean value may move, above 0; only {@link CriticLossKind#CLIPPED} reads it
 */
public record CriticLossSettings(CriticLossKind kind, double clip, LossAggregation aggregation) {
    public CriticLossSettings {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(aggregation);
        if (kind == CriticLossKind.CLIPPED && !(clip > 0)) {
            throw new IllegalArgumentException("clip must be above 0, but is " + clip);
        }
    }

    /** Token-level squared error, the mean over all values of the mini-batch (Eq. 6). */
    public static CriticLossSettings squaredError() {
        return new CriticLossSettings(CriticLossKind.SQUARED_ERROR, 0, LossAggregation.TOKEN_MEAN);
    }

    public static CriticLossSettings clipped(double clip, LossAggregation aggregation) {
        return new CriticLossSettings(CriticLossKind.CLIPPED, clip, aggregation);
    }
}
