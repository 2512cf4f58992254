package dev.tempo.model.inference;

import java.util.Arrays;

/** A generated response. Equal to another when every id, flag and log-probability has the same bits. */
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

    /** The tokens written, the end-of-sequence token included; never padding. */
    public int[] responseIds() {
        return responseIds;
    }

    /** True where the environment wrote the token; as long as the response. */
    public boolean[] environmentMask() {
        return environmentMask;
    }

    /**
     * Per token its log-probability in nats under the policy at temperature 1 over the full vocabulary, for the
     * environment's tokens too. What trajectories carry; a policy's ratios are taken between such numbers.
     */
    public float[] logProbs() {
        return logProbs;
    }

    /**
     * Per token its log-probability in nats under the distribution that it was drawn from: at the task's temperature,
     * after top-k, top-p, min-p and without padding. 0 where nothing was drawn: for the environment's tokens and at
     * temperature 0. For corrections of the difference between sampling and policy.
     */
    public float[] drawnLogProbs() {
        return drawnLogProbs;
    }

    /** Whether an end-of-sequence token or a stop string came before the limit on new tokens. */
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
