package dev.tempo.model.training;

/** The loss of a critic step over a response's n+1 values V_0 to V_n against the outcome R. */
public enum CriticLossKind {
    /** (V_t - R)^2. */
    SQUARED_ERROR,
    /**
     * The released code's: half of max((V_t - R)^2, (C_t - R)^2), where C_t = V_t + clip(D, -clip, clip) - D and D is the
     * row's mean value now less its mean value before the first update.
     */
    CLIPPED
}
