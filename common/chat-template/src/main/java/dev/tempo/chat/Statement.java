package dev.tempo.chat;

/** A parsed statement, or plain text. */
interface Statement {

    /** Says which names of the block around it reads and sets. */
    void declare(BlockNames names);

    /**
     * The statement, ready to run.
     *
     * @param names those of the block around, all of which are declared
     */
    Step within(BlockNames names);

    /** A statement that is ready to run. */
    @FunctionalInterface
    interface Step {

        /** @throws IllegalArgumentException where jinja2 has an error */
        Flow run(Scope scope, Output output);
    }

    /** What comes after a step. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }
}
