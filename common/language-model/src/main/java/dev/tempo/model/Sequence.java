package dev.tempo.model;

import java.util.Arrays;

/**
 * A prompt with its complete response, as token ids without padding. Equal to another with the same ids and the same mask.
 */
public final class Sequence {
    private final int[] promptIds;
    private final int[] responseIds;
    private final boolean[] environmentMask;

    /**
     * Makes a sequence of arrays that are not copied and must not be changed afterwards.
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

    /** A sequence without tokens of an environment: the policy, or a teacher, wrote the whole response. */
    public static Sequence of(int[] promptIds, int[] responseIds) {
        return new Sequence(promptIds, responseIds, new boolean[responseIds.length]);
    }

    /** The prompt's ids; not to be changed. */
    public int[] promptIds() {
        return promptIds;
    }

    /** The response's ids; not to be changed. */
    public int[] responseIds() {
        return responseIds;
    }

    /** One flag per response token, true where the environment wrote it; not to be changed. */
    public boolean[] environmentMask() {
        return environmentMask;
    }

    /** The number of tokens of prompt and response together. */
    public int length() {
        return promptIds.length + responseIds.length;
    }

    /** The number of response tokens that the environment did not write: those that a policy loss counts. */
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
