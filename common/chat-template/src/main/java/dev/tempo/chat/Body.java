package dev.tempo.chat;

import java.util.List;

/** A sequence of statements. */
record Body(List<Statement> statements) implements Statement {
    static final Body EMPTY = new Body(List.of());

    @Override
    public void declare(BlockNames names) {
        statements.forEach(statement -> statement.declare(names));
    }

    @Override
    public Step within(BlockNames names) {
        List<Step> steps =
                statements.stream().map(statement -> statement.within(names)).toList();
        return (scope, output) -> {
            for (Step step : steps) {
                Flow flow = step.run(scope, output);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        };
    }

    /** The sequence, ready to run, whose output becomes a text. */
    Text textWithin(BlockNames own) {
        Step step = within(own);
        return scope -> {
            Output output = new Output();
            Flow flow = step.run(scope, output);
            return new Written(output.text(), flow);
        };
    }

    /** A sequence of statements that is ready to run and writes to a text in place of the template's output. */
    @FunctionalInterface
    interface Text {
        Written in(Scope scope);
    }

    /**
     * The text that a sequence of statements has written.
     *
     * @param flow a break or continue that ended the sequence, after which the text is dropped
     */
    record Written(String text, Flow flow) {}
}
