package dev.tempo.model;

import java.util.Arrays;

/** A prompt with its complete response. */
public final class Sequence {
    private final int[] promptIds;
    private final int[] responseIds;
    private final boolean[] environmentMask;

    /**
     * Arrays are not copied and not to be changed afterwards.
     *
     * @param promptIds without padding, at least one token
     * @param responseIds without padding; empty only where nothing is learned from the sequence
     * @param environmentMask true where the environment wrote the response token; as long as the response
     */
    public Sequence(int[] promptIds, int[] responseIds, boolean[] environmentMask) {
        if (promptIds.length == 0) {
            throw new IllegalArgumentException("a prompt needs at least one token");
        }
        if (environmentMask.length != responseIds.length) {
            throw new IllegalArgumentException("an environment mask of " + environmentMask.length
                    + " entries does not fit a response of " + responseIds.length + " tokens");
        }
        this.promptIds = promptIds;
        this.responseIds = responseIds;
        this.environmentMask = environmentMask;
    }

    /** A sequence whose response the policy (or a teacher) wrote throughout. */
    public static Sequence of(int[] promptIds, int[] responseIds) {
        return new Sequence(promptIds, responseIds, new boolean[responseIds.length]);
    }

    public int[] promptIds() {
        return promptIds;
    }

    public int[] responseIds() {
        return responseIds;
    }

    public boolean[] environmentMask() {
        return environmentMask;
    }

    /** Tokens of prompt and response together. */
    public int length() {
        return promptIds.length + responseIds.length;
    }

    /** Response tokens that the environment did not write: those a policy loss counts. */
    public int policyTokens() {
        int count = 0;
        for (boolean environment : environmentMask) {
            count += environment ? 0 : 1;
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sequence that
                && Arrays.equals(promptIds, that.promptIds)
                && Arrays.equals(responseIds, that.responseIds)
                && Arrays.equals(environmentMask, that.environmentMask);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(promptIds) + Arrays.hashCode(responseIds);
    }

    @Override
    public String toString() {
        return "Sequence[" + Arrays.toString(promptIds) + " -> " + Arrays.toString(responseIds) + "]";
    }
}
