package dev.tempo.model.training;

/** A loss or gradient that is NaN or infinite. The step has not changed any weight. */
public final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NonFiniteLossException(double loss, double gradientNorm) {
        super("the step's loss is " + loss + " and its gradient's norm " + gradientNorm
                + ": nothing was updated. Look for extreme inputs or a learning rate that is too high");
    }
}
