package dev.tempo.standalone.quickstart;

import java.util.stream.Collectors;

/** The words in which a problem is told. */
enum Wording {
    /** The quickstart's order: the blocks, then what they give. */
    RESULT_ASIDE("multiplied by %d and %d is added", ", then the result is ") {
        @Override
        String around(String blocks, int target) {
            return "A number is " + blocks + ". Modulo " + Block.MODULUS + " this gives " + target
                    + ". Which number was it?";
        }
    },
    /** Told as something to do. */
    IMPERATIVE("multiply it by %d, then add %d", ", ") {
        @Override
        String around(String blocks, int target) {
            return "Take a number, " + blocks + ". What is left modulo " + Block.MODULUS + " is " + target
                    + ". Find the number.";
        }
    },
    /** What the blocks give, then the blocks. */
    RESULT_FIRST("times %d plus %d", ", all of that ") {
        @Override
        String around(String blocks, int target) {
            return "Modulo " + Block.MODULUS + " we get " + target + " from a number " + blocks
                    + ". What was the number?";
        }
    },
    /** {@link #RESULT_ASIDE} in German. */
    GERMAN("mit %d multipliziert und %d addiert", ", dann wird das Ergebnis ") {
        @Override
        String around(String blocks, int target) {
            return "Eine Zahl wird " + blocks + ". Modulo " + Block.MODULUS + " ergibt das " + target
                    + ". Welche Zahl war es?";
        }
    };

    private final String block;
    private final String between;

    Wording(String block, String between) {
        this.block = block;
        this.between = between;
    }

    /** The sentences around the blocks. */
    abstract String around(String blocks, int target);

    String told(ChainQuestion question) {
        return around(
                question.blocks().stream()
                        .map(step -> block.formatted(step.a(), step.b()))
                        .collect(Collectors.joining(between)),
                question.target());
    }
}
