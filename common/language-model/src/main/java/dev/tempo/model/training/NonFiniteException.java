package dev.tempo.model.training;

/** A number that is NaN or infinite where a step, or what it leaves, has one. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String tensor;
    private final int row;

    /**
     * Makes the exception of a tensor.
     *
     * @param tensor what is not finite: {@code loss}, {@code weights.model.norm.weight}
     * @param message what was found, in words
     */
    public NonFiniteException(String tensor, String message) {
        this(tensor, 0, message);
    }

    /** Makes the exception of a row of a tensor, such as one sequence's {@code log-probabilities}. */
    NonFiniteException(String tensor, int row, String message) {
        super(message);
        this.tensor = tensor;
        this.row = row;
    }

    static NonFiniteException of(double loss, double gradientNorm) {
        return new NonFiniteException(
                Double.isFinite(loss) ? "gradient" : "loss",
                "the step's loss is " + loss + " and its gradient's norm " + gradientNorm
                        + ": nothing was updated. Look for extreme inputs or a learning rate that is too high");
    }

    static NonFiniteException after(String found) {
        return new NonFiniteException(
                found.substring(0, found.indexOf(' ')),
                "after the step " + found + ": look for a learning rate that is too high");
    }

    /** The index of the sequence, among those that were measured together; 0 for a tensor without such rows. */
    public int row() {
        return row;
    }

    /** The name of what is not finite. */
    public String tensor() {
        return tensor;
    }
}
