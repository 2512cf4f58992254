package dev.tempo.chat.python;

import java.util.function.IntPredicate;

/** Python's classes of characters, and tests whether all characters of a text belong to one. */
final class PythonCharacters {
    private PythonCharacters() {}

    /** Whether {@code str.isspace()} and {@code str.strip()} take a character for white space. */
    static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || c >= 0x09 && c <= 0x0d || c >= 0x1c && c <= 0x1f || c == 0x85;
    }

    /** Whether {@code str.splitlines()} takes a character for the end of a line. */
    static boolean isLineEnd(int c) {
        return c >= 0x0a && c <= 0x0d || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static boolean isPrintable(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }

    static boolean isLetter(int c) {
        return Character.isLetter(c);
    }

    static boolean isDecimal(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    /** Whether a character is a decimal, or a digit in a superscript, circle or the like. */
    static boolean isDigit(int c) {
        return isDecimal(c)
                || c == 0xb2
                || c == 0xb3
                || c == 0xb9
                || c == 0x2070
                || c >= 0x2074 && c <= 0x2079
                || c >= 0x2080 && c <= 0x2089
                || c >= 0x2460 && c <= 0x2468
                || c >= 0x2474 && c <= 0x247c
                || c >= 0x2488 && c <= 0x2490
                || c >= 0x2776 && c <= 0x277e;
    }

    static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return isDigit(c)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER
                || "〇一二三四五六七八九十百千万億兆零壹贰貳叁肆伍陆陸柒捌玖拾佰仟萬".indexOf(c) >= 0;
    }

    static boolean isCased(int c) {
        return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    static boolean all(String text, IntPredicate kind) {
        return !text.isEmpty() && text.codePoints().allMatch(kind);
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    static boolean isTitle(String text) {
        boolean any = false;
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            boolean upper = Character.isUpperCase(c) || Character.isTitleCase(c);
            if (upper && inWord || Character.isLowerCase(c) && !inWord) {
                return false;
            }
            inWord = isCased(c);
            any |= inWord;
        }
        return any;
    }

    static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && (Character.isUnicodeIdentifierStart(text.codePointAt(0)) || text.charAt(0) == '_')
                && text.codePoints()
                        .skip(1)
                        .allMatch(c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }
}
