package dev.tempo.verification.parsing;

/**
 * A scanner of one number with its thousands separators, decimals, repeating decimals, exponent or letters of a base
 * above ten. The result is plain digits, or digits with {@code |} before a repeating block, or digits with {@code #}.
 */
final class NumberScanner {
    private final String text;
    private final Commas commas;
    private int end;

    NumberScanner(String text, Commas commas) {
        this.text = text;
        this.commas = commas;
    }

    boolean startsAt(int at) {
        return digit(at) || text.charAt(at) == '.' && digit(at + 1) && !(at > 0 && text.charAt(at - 1) == '.');
    }

    /** The place where the number scanned last ends. */
    int end() {
        return end;
    }

    String scan(int start, boolean grouping) {
        int letters = lettersOfABase(start);
        if (letters > 0) {
            end = letters;
            return "#" + text.substring(start, letters);
        }
        StringBuilder digits = new StringBuilder();
        int at = copyDigits(start, digits);
        boolean point = false;
        int group = at - start;
        if (group >= 1 && group <= 3) {
            boolean zero = digits.toString().equals("0");
            for (int length; (length = separator(at, grouping, zero)) > 0; ) {
                at = copyDigits(at + length, digits);
            }
            int decimals = at < text.length() && text.charAt(at) == ',' ? digitsAt(at + 1) : 0;
            if (zero && decimals >= 2 && grouping && commas == Commas.THOUSANDS) {
                digits.append('.');
                at = copyDigits(at + 1, digits);
                point = true;
            }
        }
        boolean comma = at < text.length() && text.charAt(at) == ',' && digitsAt(at + 1) > 0;
        if (!point && comma && commas == Commas.DECIMAL) {
            digits.append('.');
            at = copyDigits(at + 1, digits);
            point = true;
        }
        if (!point && at < text.length() && text.charAt(at) == '.') {
            if (digit(at + 1)) {
                digits.append('.');
                at = copyDigits(at + 1, digits);
                // 1.000.000 in the style of continental Europe is left as two numbers, which no grammar accepts.
            } else if (repeats(at + 1) > 0) {
                digits.append('.');
                at++;
            }
        }
        int block = digits.indexOf(".") >= 0 ? repeats(at) : 0;
        if (block > 0) {
            int open = text.indexOf('{', at);
            digits.append('|').append(text, open + 1, at + block - 1);
            end = at + block;
            return digits.toString();
        }
        end = exponent(at, digits);
        return digits.toString();
    }

    private int copyDigits(int at, StringBuilder digits) {
        int next = at;
        while (digit(next)) {
            next++;
        }
        digits.append(text, at, next);
        return next;
    }

    /** Length of a thousands separator at this place, or 0. */
    private int separator(int at, boolean grouping, boolean zero) {
        if (zero || at >= text.length()) {
            return 0;
        }
        int length = 0;
        boolean explicit = true;
        int brace = at < text.length() && text.charAt(at) == ' ' ? at + 1 : at;
        if (text.startsWith("{,}", brace)) {
            length = brace - at + 3;
        } else if (text.startsWith("{, }", brace)) {
            length = brace - at + 4;
        } else if (text.startsWith("\\,", at) || text.startsWith("\\!", at) || text.startsWith("\\;", at)) {
            length = 2;
        } else if (text.startsWith(",\\!", at) || text.startsWith(",\\,", at)) {
            length = 3;
            while (at + length < text.length() && text.charAt(at + length) == ' ') {
                length++;
            }
            length += text.startsWith("\\!", at + length) ? 2 : 0;
            explicit = text.startsWith(",\\!", at) || grouping;
        } else if (text.charAt(at) == ',' || text.charAt(at) == ' ') {
            length = 1;
            explicit = false;
        }
        // Space taken back after a comma marks groups of any size, as in 1,\!00,\!000.
        boolean taken = length >= 3 && text.startsWith(",\\!", at) && digitsAt(at + length) == 2;
        if (length == 0 || digitsAt(at + length) != 3 && !taken) {
            return 0;
        }
        return explicit || grouping && commas == Commas.THOUSANDS ? length : 0;
    }

    /** Length of {@code \overline{ddd}} at this place, or 0. */
    private int repeats(int at) {
        if (at >= text.length() || text.charAt(at) != '\\') {
            return 0;
        }
        for (String bar : Vocabulary.DECIMAL_BARS) {
            if (text.startsWith(bar, at + 1)) {
                int open = at + 1 + bar.length();
                if (open < text.length() && text.charAt(open) == '{') {
                    int count = digitsAt(open + 1);
                    int close = open + 1 + count;
                    return count > 0 && close < text.length() && text.charAt(close) == '}' ? close + 1 - at : 0;
                }
            }
        }
        return 0;
    }

    private int exponent(int at, StringBuilder digits) {
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int start = at + 1;
            if (start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+')) {
                start++;
            }
            int count = digitsAt(start);
            boolean more = start + count < text.length() && Character.isLetter(text.charAt(start + count));
            if (count > 0 && count <= 9 && !more) {
                digits.append('e').append(text, at + 1, start + count);
                return start + count;
            }
        }
        return at;
    }

    private int lettersOfABase(int start) {
        int at = start;
        boolean letter = false;
        while (at < text.length() && at - start < 64 && (digit(at) || hexadecimal(text.charAt(at)))) {
            letter |= !digit(at);
            at++;
        }
        boolean based = letter && (text.startsWith("_{1", at) || text.startsWith("_1", at));
        return based ? at : 0;
    }

    private static boolean hexadecimal(char character) {
        return character >= 'A' && character <= 'F';
    }

    private int digitsAt(int at) {
        int next = at;
        while (digit(next)) {
            next++;
        }
        return next - at;
    }

    private boolean digit(int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
