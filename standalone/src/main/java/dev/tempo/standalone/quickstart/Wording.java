package dev.tempo.standalone.quickstart;

import java.util.stream.Collectors;

/** The words in which a problem is told. */
enum Wording {
    /** The quickstart's order: the blocks, then what they give. */
    RESULT_ASIDE(
            "multiplied by %d and %d is added",
            ", then the result is ", "A number is %1$s. Modulo %2$d this gives %3$d. Which number was it?"),
    /** Told as something to do. */
    IMPERATIVE(
            "multiply it by %d, then add %d",
            ", ", "Take a number, %1$s. What is left modulo %2$d is %3$d. Find the number."),
    /** What the blocks give, then the blocks. */
    RESULT_FIRST(
            "times %d plus %d", ", all of that ", "Modulo %2$d we get %3$d from a number %1$s. What was the number?"),
    /** {@link #RESULT_ASIDE} in German. */
    GERMAN(
            "mit %d multipliziert und %d addiert",
            ", dann wird das Ergebnis ", "Eine Zahl wird %1$s. Modulo %2$d ergibt das %3$d. Welche Zahl war es?");

    private final String block;
    private final String between;
    private final String problem;

    /** @param problem of the blocks' words, the modulus and the target */
    Wording(String block, String between, String problem) {
        this.block = block;
        this.between = between;
        this.problem = problem;
    }

    String told(ChainQuestion question) {
        String blocks = question.blocks().stream()
                .map(step -> block.formatted(step.a(), step.b()))
                .collect(Collectors.joining(between));
        return problem.formatted(blocks, Block.MODULUS, question.target());
    }
}
