package dev.tempo.contract;

/**
 * The identity of a request: one question, asked of one policy version for one purpose. A repeated request has the same
 * id.
 *
 * @param run name of the run
 * @param round the policy version that answers; round k is everything done with version k
 * @param purpose what the answers are for
 * @param step warm-up step within round 0, or which of a round's E-steps; 0 for every other purpose
 * @param question question id, unique within its data set (for evaluations: {@code set/question})
 */
public record RequestId(String run, int round, Purpose purpose, int step, String question)
        implements Comparable<RequestId> {

    public RequestId {
        Check.text("run", run);
        Check.text("question", question);
        Check.notNegative("round", round);
        Check.notNegative("step", step);
    }

    /**
     * The identity of one sample of this request.
     *
     * @param sample counted from 0
     */
    public TrajectoryId sample(int sample) {
        return new TrajectoryId(this, sample);
    }

    @Override
    public int compareTo(RequestId other) {
        return ORDER.compare(this, other);
    }

    private static final java.util.Comparator<RequestId> ORDER = java.util.Comparator.comparing(RequestId::run)
            .thenComparingInt(RequestId::round)
            .thenComparing(RequestId::purpose)
            .thenComparingInt(RequestId::step)
            .thenComparing(RequestId::question);

    @Override
    public String toString() {
        return run + "/" + round + "/" + purpose.word() + (step == 0 ? "" : "." + step) + "/" + question;
    }
}
