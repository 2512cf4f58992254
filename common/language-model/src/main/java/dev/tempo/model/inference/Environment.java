package dev.tempo.model.inference;

/**
 * An environment: a program, such as a calculator, tool or simulator, that may write tokens into a response in the policy's
 * place.
 *
 * <p>It must be a pure function of its arguments; otherwise a repeated generation gives another trajectory.
 */
@FunctionalInterface
public interface Environment {
    /** The result that means "the policy writes this token itself". */
    int NONE = -1;

    /**
     * The id of the token that the environment writes next, or {@link #NONE}.
     *
     * @param promptIds the prompt; not to be changed
     * @param responseIds the response so far in its first {@code responseLength} entries; the others are undefined, and none
     *     is to be changed
     * @param responseLength the number of tokens written so far, 0 before the first
     */
    int next(int[] promptIds, int[] responseIds, int responseLength);
}
