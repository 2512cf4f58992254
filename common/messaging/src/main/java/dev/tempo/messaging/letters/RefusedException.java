package dev.tempo.messaging.letters;

/**
 * The exception of a handler to which a message means nothing and never will: an unknown question, a round outside of the recipe.
 * The message goes to the dead letters at once, without further attempts, and what comes behind it is handed over.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int done;

    /** The refusal of the only message, or of the first of a list. */
    public RefusedException(String reason) {
        this(reason, 0);
    }

    /**
     * The refusal of one message of a list.
     *
     * @param done how many messages before it, at the head of the list, are finished and need not come again
     */
    public RefusedException(String reason, int done) {
        super(reason, null, false, false);
        if (done < 0) {
            throw new IllegalArgumentException("done must be at least 0 but is " + done);
        }
        this.done = done;
    }

    public int done() {
        return done;
    }
}
