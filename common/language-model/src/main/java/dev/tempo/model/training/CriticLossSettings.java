package dev.tempo.model.training;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.ValueLossKind;
import java.util.Objects;

/**
 * The loss of a critic step.
 *
 * @param clip how far a row's mean value may move, above 0; only {@link ValueLossKind#CLIPPED} reads it
 */
public record CriticLossSettings(ValueLossKind kind, double clip, Aggregation aggregation) {
    public CriticLossSettings {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(aggregation);
        if (kind == ValueLossKind.CLIPPED && !(clip > 0)) {
            throw new IllegalArgumentException("clip must be above 0, but is " + clip);
        }
    }

    /** Token-level squared error, the mean over all values of the mini-batch (Eq. 6). */
    public static CriticLossSettings squaredError() {
        return new CriticLossSettings(ValueLossKind.SQUARED_ERROR, 0, Aggregation.TOKEN_MEAN);
    }

    public static CriticLossSettings clipped(double clip, Aggregation aggregation) {
        return new CriticLossSettings(ValueLossKind.CLIPPED, clip, aggregation);
    }
}
