package dev.tempo.chat;

/** A statement of a template, parsed; plain text is one too. */
interface Statement {

    /** Declares the names of the surrounding block that the statement reads and sets. */
    void declare(BlockNames names);

    /**
     * The statement, ready to run.
     *
     * @param names the names of the surrounding block, all of which are declared
     */
    Step within(BlockNames names);

    /** A statement that is ready to run. */
    @FunctionalInterface
    interface Step {

        /**
         * Runs the statement.
         *
         * @throws IllegalArgumentException where jinja2 has an error
         */
        Flow run(Scope scope, Output output);
    }

    /** The direction in which a template goes on after a step. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE
    }
}
