package dev.tempo.verification.text;

import java.util.ArrayList;
import java.util.List;

/** The numbers, fractions and undelimited LaTeX among words of any language. */
final class NumberRuns {
    private NumberRuns() {}

    record NumberRun(int start, int end, String content) {}

    private enum Chunk {
        VALUE,
        OPERATOR,
        LETTER,
        WORD
    }

    static List<NumberRun> in(String text, int from, int to) {
        List<NumberRun> runs = new ArrayList<>();
        int start = -1;
        int end = -1;
        boolean value = false;
        Chunk before = Chunk.WORD;
        int brackets = 0;
        for (int at = from; at < to; ) {
            if (separates(text.charAt(at))) {
                at++;
                continue;
            }
            int close = at;
            while (close < to && !separates(text.charAt(close))) {
                close++;
            }
            Chunk chunk = isTimes(text, at, close) ? Chunk.OPERATOR : kind(text, at, close);
            boolean continues = start >= 0
                    && text.substring(end, at).isBlank()
                    && chunk != Chunk.WORD
                    && !(chunk == Chunk.LETTER && before != Chunk.OPERATOR)
                    && (chunk == Chunk.OPERATOR || before == Chunk.OPERATOR || joins(text, end, at, brackets));
            if (!continues) {
                if (value) {
                    runs.add(new NumberRun(start, end, content(text.substring(start, end))));
                }
                start = chunk == Chunk.WORD ? -1 : at;
                value = false;
                brackets = 0;
            }
            brackets += brackets(text, at, close);
            value |= chunk == Chunk.VALUE;
            end = close;
            before = chunk;
            at = close;
        }
        if (value && start >= 0) {
            runs.add(new NumberRun(start, end, content(text.substring(start, end))));
        }
        runs.removeIf(run -> run.content().isBlank());
        return runs;
    }

    /** {@code 4 x 10^2}. */
    private static boolean isTimes(String text, int from, int to) {
        return to == from + 1
                && from >= 2
                && to + 1 < text.length()
                && (text.charAt(from) == 'x' || text.charAt(from) == 'X')
                && text.charAt(from - 1) == ' '
                && text.charAt(to) == ' '
                && Character.isDigit(text.charAt(from - 2))
                && Character.isDigit(text.charAt(to + 1));
    }

    private static boolean separates(char character) {
        boolean foreign = character > 0x2ff && Character.isLetter(character) && !(character >= 'Α' && character <= 'ω');
        return character <= ' '
                || character == '$'
                || foreign
                || character == '।'
                || character == '、'
                || Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    }

    private static boolean joins(String text, int end, int start, int brackets) {
        // "1 000", "2 \\frac{1}{2}" and "(1, 2)" are one value, "room 3 floor 4" never gets here.
        return start - end == 1
                && end > 0
                && (Character.isDigit(text.charAt(end - 1)) || brackets > 0 && text.charAt(end - 1) == ',');
    }

    private static int brackets(String text, int from, int to) {
        int open = 0;
        for (int at = from; at < to; at++) {
            char character = text.charAt(at);
            open += character == '(' || character == '[' ? 1 : character == ')' || character == ']' ? -1 : 0;
        }
        return open;
    }

    private static Chunk kind(String text, int from, int to) {
        boolean digit = false;
        boolean command = false;
        boolean operator = false;
        int letters = 0;
        int longest = 0;
        for (int at = from; at < to; at++) {
            char character = text.charAt(at);
            if (character == '\\') {
                int end = at + 1;
                while (end < to && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                command |= end > at + 2;
                at = Math.max(at, end - 1);
                letters = 0;
            } else if (Character.isLetter(character)) {
                longest = Math.max(longest, ++letters);
            } else {
                letters = 0;
                digit |= Character.isDigit(character);
                operator |= "+-*/=<>×÷^≤≥≠≈−".indexOf(character) >= 0;
            }
        }
        if (longest > 1 && !command) {
            return digit && Character.isDigit(text.charAt(from)) ? Chunk.VALUE : Chunk.WORD;
        }
        if (digit || command) {
            return Chunk.VALUE;
        }
        return operator ? Chunk.OPERATOR : longest == 1 ? Chunk.LETTER : Chunk.WORD;
    }

    /** The result of a run: the part after its last equals sign, without the brackets and words around it. */
    private static String content(String run) {
        String text = run;
        int equals = text.lastIndexOf('=');
        if (equals >= 0 && equals + 1 < text.length() && (equals == 0 || "<>!".indexOf(text.charAt(equals - 1)) < 0)) {
            text = text.substring(equals + 1);
        }
        text = withoutWords(text.strip());
        int end = text.length();
        int open = 0;
        for (int at = 0; at < end; at++) {
            char character = text.charAt(at);
            if (character == '(' || character == '[') {
                open++;
            } else if ((character == ')' || character == ']') && --open < 0) {
                end = at;
            }
        }
        boolean opened = text.substring(0, end).indexOf('(') >= 0;
        while (end > 0 && isTrailing(text.charAt(end - 1)) && !(opened && text.charAt(end - 1) == ')')) {
            end--;
        }
        int start = 0;
        boolean closed = text.substring(0, end).indexOf(')') >= 0;
        while (start < end
                && ("\"'`*,:;".indexOf(text.charAt(start)) >= 0 || !closed && "([".indexOf(text.charAt(start)) >= 0)) {
            start++;
        }
        return text.substring(start, end).strip();
    }

    private static boolean isTrailing(char character) {
        return character == ' ' || ".,;:!?\"'`)*-+".indexOf(character) >= 0;
    }

    /** A number glued to a word, as in 10weeks or 5-digit, counts without the word. */
    private static String withoutWords(String text) {
        if (text.indexOf('\\') >= 0) {
            return text;
        }
        for (int at = 0; at + 1 < text.length(); at++) {
            if (Character.isLetter(text.charAt(at)) && Character.isLetter(text.charAt(at + 1))) {
                return text.substring(0, at);
            }
        }
        return text;
    }
}
