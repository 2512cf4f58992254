package dev.tempo.datasets.comparison;

import java.util.regex.Pattern;

/**
 * Standing instructions: sentences that publishers put around every question of a file, on how to think and where to
 * write the answer, in English or Chinese. They belong into a recipe's {@code generation.prompt}; left in the questions
 * they would be said twice, and the same question of two publishers would count as two.
 */
public final class StandingInstructions {
    private static final Pattern SPEAKER = Pattern.compile("^\\s*user:\\s+");

    /**
     * The most pieces that an instruction may seem to have, since a quoted label looks like an end:
     * {@code after "Answer:".}
     */
    private static final int PIECES = 4;

    private StandingInstructions() {}

    /** The question without sentences of instruction before and behind it; the whole text where nothing else would be left. */
    public static String without(String text) {
        String bare = SPEAKER.matcher(text).replaceFirst("");
        int start = 0;
        int end = bare.length();
        for (int next = behind(bare, start, end); next > start; next = behind(bare, start, end)) {
            start = next;
        }
        for (int last = before(bare, start, end); last < end; last = before(bare, start, end)) {
            end = last;
        }
        return bare.substring(start, end).isBlank()
                ? text
                : bare.substring(start, end).strip();
    }

    /** Index behind an instruction at {@code start}; {@code start} where there is none. */
    private static int behind(String text, int start, int end) {
        int next = Sentences.after(text, start, end);
        for (int pieces = 1; pieces <= PIECES && Instruction.hasOnlyItsWords(text.substring(start, next)); pieces++) {
            if (Instruction.announces(text.substring(start, next))) {
                return next;
            }
            next = Sentences.after(text, next, end);
        }
        return start;
    }

    /** Index of an instruction that ends at {@code end}; {@code end} where there is none. */
    private static int before(String text, int start, int end) {
        int last = Sentences.before(text, end, start);
        for (int pieces = 1; pieces <= PIECES && Instruction.hasOnlyItsWords(text.substring(last, end)); pieces++) {
            if (Instruction.announces(text.substring(last, end))) {
                return last;
            }
            last = Sentences.before(text, last, start);
        }
        return end;
    }
}
