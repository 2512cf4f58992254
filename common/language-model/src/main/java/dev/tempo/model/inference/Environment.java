package dev.tempo.model.inference;

/**
 * What may write tokens into a response in the policy's place: a calculator, a tool, a simulator.
 *
 * <p>It must be a pure function of its arguments, or a repeated generation is not the same trajectory.
 */
@FunctionalInterface
public interface Environment {
    /** The answer "the policy writes this token itself". */
    int NONE = -1;

    /**
     * The token that the environment writes next, or {@link #NONE}.
     *
     * @param promptIds the prompt; not to be changed
     * @param responseIds the response so far in its first {@code responseLength} entries; what follows is undefined,
     *     and nothing is to be changed
     * @param responseLength tokens written so far, 0 before the first
     */
    int next(int[] promptIds, int[] responseIds, int responseLength);
}
