package dev.tempo.model.training;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.ValueLossKind;
import java.util.Objects;

/**
 * Settings of the critic's loss.
 *
 * @param kind squared error, or the clipped loss
 * @param clip how far a response's mean value may move from its old one, above 0; only {@link ValueLossKind#CLIPPED} reads
 *     it
 * @param aggregation how the losses of single values become one number
 */
public record CriticLossSettings(ValueLossKind kind, double clip, Aggregation aggregation) {
    public CriticLossSettings {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(aggregation);
        if (kind == ValueLossKind.CLIPPED && !(clip > 0)) {
            throw new IllegalArgumentException("clip must be above 0, but is " + clip);
        }
    }

    /** Settings of the squared error, averaged over all values of the mini-batch (Eq. 6). */
    public static CriticLossSettings squaredError() {
        return new CriticLossSettings(ValueLossKind.SQUARED_ERROR, 0, Aggregation.TOKEN_MEAN);
    }

    /** Settings of the squared error whose mean shift per response is clipped. */
    public static CriticLossSettings clipped(double clip, Aggregation aggregation) {
        return new CriticLossSettings(ValueLossKind.CLIPPED, clip, aggregation);
    }
}
