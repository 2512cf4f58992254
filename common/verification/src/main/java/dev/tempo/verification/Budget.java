package dev.tempo.verification;

/** Steps a single verdict may cost. Counting work instead of time keeps verdicts independent of the machine's load. */
final class Budget {
    private final long limit;
    private long spent;

    Budget(long limit) {
        this.limit = limit;
    }

    void charge(long steps) {
        spent += steps;
        if (spent > limit) {
            throw new Undecidable("more than " + limit + " steps");
        }
    }

    long spent() {
        return Math.min(spent, limit);
    }
}
