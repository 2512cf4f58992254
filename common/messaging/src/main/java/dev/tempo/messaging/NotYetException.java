package dev.tempo.messaging;

/**
 * The exception of a handler that has to wait for something that another topic brings, such as a critic version or a
 * reference answer. It is not a failure: the same messages come again within tens of milliseconds, as often as it
 * takes, and nothing past them is committed.
 */
public final class NotYetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int done;

    /**
     * A wait in which no message of the list is finished.
     *
     * @param waitingFor what is awaited, in words for the log: "critic version 7 of run x"
     */
    public NotYetException(String waitingFor) {
        this(waitingFor, 0);
    }

    /**
     * A wait in which some messages are finished.
     *
     * @param done how many messages at the head of the list are finished and need not come again
     */
    public NotYetException(String waitingFor, int done) {
        super(waitingFor, null, false, false);
        if (done < 0) {
            throw new IllegalArgumentException("done must be at least 0 but is " + done);
        }
        this.done = done;
    }

    int done() {
        return done;
    }
}
