package dev.tempo.chat;

/** The value of a text literal: jinja2 reads what stands between the quotes by Python's codec unicode-escape. */
final class TextLiteral {
    private static final String ESCAPES = "n\nt\tr\rb\bf\fa\u0007v\u000b\\\\''\"\"";

    private final String written;
    private final int line;
    private final StringBuilder value = new StringBuilder();
    private int at;

    private TextLiteral(String written, int line) {
        this.written = written;
        this.line = line;
    }

    /**
     * The text that a literal means.
     *
     * @param written the characters between the quotes
     * @throws MalformedTemplateException if an escape is cut off or names no character
     */
    static String value(String written, int line) {
        TextLiteral literal = new TextLiteral(written, line);
        while (literal.at < written.length()) {
            char c = written.charAt(literal.at++);
            if (c == '\\' && literal.at < written.length()) {
                literal.escape();
            } else {
                literal.value.append(c);
            }
        }
        return literal.value.toString();
    }

    private void escape() {
        int c = written.codePointAt(at);
        at += Character.charCount(c);
        int known = c < 0x80 ? ESCAPES.indexOf(c) : -1;
        if (c == 'x' || c == 'u' || c == 'U') {
            coded(c == 'x' ? 2 : c == 'u' ? 4 : 8);
        } else if (c == 'N') {
            named();
        } else if (c >= '0' && c <= '7') {
            octal(c - '0');
        } else if (known >= 0 && known % 2 == 0) {
            value.append(ESCAPES.charAt(known + 1));
        } else if (c > 0x7f) {
            // The codec reads ASCII only: such a character is an escape itself, and its backslash is the escaped one.
            value.append(
                    c > 0xffff
                            ? String.format("\\U%08x", c)
                            : c > 0xff ? String.format("\\u%04x", c) : String.format("\\x%02x", c));
        } else if (c != '\n') {
            value.append('\\').appendCodePoint(c);
        }
    }

    private void coded(int digits) {
        String code = written.substring(at, Math.min(written.length(), at + digits));
        if (!code.matches("[0-9a-fA-F]{" + digits + "}")) {
            throw new MalformedTemplateException("an escape in a text needs " + digits + " hexadecimal digits", line);
        }
        long point = Long.parseLong(code, 16);
        if (point > Character.MAX_CODE_POINT || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            throw new MalformedTemplateException("the escape of " + code + " in a text is no character", line);
        }
        value.appendCodePoint((int) point);
        at += digits;
    }

    private void octal(int first) {
        int code = first;
        for (int digits = 1; digits < 3 && at < written.length(); digits++) {
            int digit = written.charAt(at) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            code = 8 * code + digit;
            at++;
        }
        value.appendCodePoint(code);
    }

    private void named() {
        int end = written.indexOf('}', at);
        if (end < 0 || written.charAt(at) != '{') {
            throw new MalformedTemplateException("an escape \\N in a text needs a name in braces", line);
        }
        String name = written.substring(at + 1, end);
        try {
            value.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException unknown) {
            throw new MalformedTemplateException("no character is named '" + name + "'", line);
        }
        at = end + 1;
    }
}
