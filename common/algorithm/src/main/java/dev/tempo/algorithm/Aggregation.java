package dev.tempo.algorithm;

/** How the losses of tokens become one number; {@link LossAggregation} does it. */
public enum Aggregation {
    /** The mean over all marked tokens of the mini-batch: long responses weigh more. */
    TOKEN_MEAN("token-mean"),
    /** The mean over responses of their token means, as in GSPO: all responses weigh the same. */
    SEQUENCE_MEAN_TOKEN_MEAN("seq-mean-token-mean"),
    /** The mean over responses of their token sums: Eq. 12 as the paper prints it. */
    SEQUENCE_MEAN_TOKEN_SUM("seq-mean-token-sum"),
    /** The sum over all tokens, divided by a constant length. */
    SEQUENCE_MEAN_TOKEN_SUM_NORM("seq-mean-token-sum-norm");

    private final String recipeName;

    Aggregation(String recipeName) {
        this.recipeName = recipeName;
    }

    /** The name in a recipe. */
    public String recipeName() {
        return recipeName;
    }

    /**
     * The aggregation of a name as recipes and reference code write it, for instance {@code token-mean};
     * {@code sequence-sum} is another name of {@code seq-mean-token-sum}.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public static Aggregation named(String name) {
        for (Aggregation aggregation : values()) {
            if (aggregation.recipeName.equals(name)) {
                return aggregation;
            }
        }
        if (name.equals("sequence-sum")) {
            return SEQUENCE_MEAN_TOKEN_SUM;
        }
        throw new IllegalArgumentException("the aggregation must be token-mean, seq-mean-token-mean,"
                + " seq-mean-token-sum or seq-mean-token-sum-norm, but was " + name);
    }
}
