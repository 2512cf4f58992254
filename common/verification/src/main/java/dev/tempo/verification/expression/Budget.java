package dev.tempo.verification.expression;

/** Steps a single verdict may cost. Counting work instead of time keeps verdicts independent of the machine's load. */
public final class Budget {
    private final long limit;
    private long spent;

    public Budget(long limit) {
        this.limit = limit;
    }

    public void charge(long steps) {
        spent += steps;
        if (spent > limit) {
            throw new Undecidable("more than " + limit + " steps");
        }
    }

    public long spent() {
        return Math.min(spent, limit);
    }
}
