package dev.tempo.model.inference;

import java.util.Arrays;

/** A generated response. Equal to another if every id, flag and log-probability has the same bits. */
public final class GeneratedResponse {
    private final int[] responseIds;
    private final boolean[] environmentMask;
    private final float[] logProbs;
    private final float[] drawnLogProbs;
    private final boolean ended;

    GeneratedResponse(
            int[] responseIds, boolean[] environmentMask, float[] logProbs, float[] drawnLogProbs, boolean ended) {
        this.responseIds = responseIds;
        this.environmentMask = environmentMask;
        this.logProbs = logProbs;
        this.drawnLogProbs = drawnLogProbs;
        this.ended = ended;
    }

    /** The ids of the response's tokens, an end-of-sequence token included; never padding. */
    public int[] responseIds() {
        return responseIds;
    }

    /** The environment's tokens: one flag per response token, true where the environment wrote it. */
    public boolean[] environmentMask() {
        return environmentMask;
    }

    /**
     * The log-probability of each response token in nats, under the policy at temperature 1 over the full vocabulary, also
     * for the environment's tokens. Trajectories carry these numbers, and a policy's ratios are taken between them.
     */
    public float[] logProbs() {
        return logProbs;
    }

    /**
     * The log-probability of each response token in nats, under the distribution that it was drawn from: at the task's
     * temperature, after top-k, top-p and min-p, without padding. 0 where nothing was drawn: for the environment's tokens
     * and at temperature 0. Meant for correcting the difference between sampling distribution and policy.
     */
    public float[] drawnLogProbs() {
        return drawnLogProbs;
    }

    /** Whether an end-of-sequence token or a stop string ended the response before the limit on new tokens did. */
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GeneratedResponse that
                && ended == that.ended
                && Arrays.equals(responseIds, that.responseIds)
                && Arrays.equals(environmentMask, that.environmentMask)
                && Arrays.equals(logProbs, that.logProbs)
                && Arrays.equals(drawnLogProbs, that.drawnLogProbs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(responseIds) + Arrays.hashCode(logProbs);
    }

    @Override
    public String toString() {
        return "Generation[" + Arrays.toString(responseIds) + (ended ? ", ended]" : ", cut off]");
    }
}
