package dev.tempo.verification.expression;

/**
 * A budget of the steps that a single verdict may cost. Counting work instead of time keeps verdicts independent of the
 * machine's load.
 */
public final class Budget {
    private final long limit;
    private long spent;

    public Budget(long limit) {
        this.limit = limit;
    }

    /**
     * Takes steps off the budget.
     *
     * @throws Undecidable where the budget is spent
     */
    public void charge(long steps) {
        spent += steps;
        if (spent > limit) {
            throw new Undecidable("more than " + limit + " steps");
        }
    }

    /** The steps that were charged. */
    public long spent() {
        return Math.min(spent, limit);
    }
}
