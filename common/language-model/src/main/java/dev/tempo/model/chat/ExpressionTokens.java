package dev.tempo.model.chat;

import java.util.ArrayList;
import java.util.List;

/** The tokens of a Jinja expression. */
final class ExpressionTokens {
    private static final List<String> OPERATORS = List.of(
            "==", "!=", "<=", ">=", "//", "**", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{",
            "}", ",", ":", ".", "|");
    private static final String ESCAPES = "n\nt\tr\rb\bf\f0\0a\u0007v\u000b\\\\''\"\"";

    enum Kind {
        NAME,
        TEXT,
        WHOLE,
        DECIMAL,
        OPERATOR,
        END
    }

    record Token(Kind kind, String text) {}

    private final String source;
    private int at;

    private ExpressionTokens(String source) {
        this.source = source;
    }

    /** @throws IllegalArgumentException if a character or text is none of the language's */
    static List<Token> of(String source) {
        ExpressionTokens scanning = new ExpressionTokens(source);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(scanning.next());
        } while (tokens.get(tokens.size() - 1).kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        if (at == source.length()) {
            return new Token(Kind.END, "");
        }
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            return text(c);
        } else if (Character.isDigit(c)) {
            return number();
        } else if (Character.isJavaIdentifierStart(c)) {
            int start = at;
            while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
                at++;
            }
            return new Token(Kind.NAME, source.substring(start, at));
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                at += operator.length();
                return new Token(Kind.OPERATOR, operator);
            }
        }
        throw new IllegalArgumentException("'" + c + "' has no meaning in an expression");
    }

    private Token number() {
        int start = at;
        digits();
        boolean decimal = false;
        if (at + 1 < source.length() && source.charAt(at) == '.' && Character.isDigit(source.charAt(at + 1))) {
            decimal = true;
            at++;
            digits();
        }
        if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
            decimal = true;
            at++;
            if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
                at++;
            }
            digits();
        }
        return new Token(
                decimal ? Kind.DECIMAL : Kind.WHOLE, source.substring(start, at).replace("_", ""));
    }

    private void digits() {
        while (at < source.length() && (Character.isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
    }

    private Token text(char quote) {
        StringBuilder text = new StringBuilder();
        for (at++; at < source.length(); at++) {
            char c = source.charAt(at);
            if (c == quote) {
                at++;
                return new Token(Kind.TEXT, text.toString());
            }
            if (c == '\\' && at + 1 < source.length()) {
                at++;
                escape(text);
            } else {
                text.append(c);
            }
        }
        throw new IllegalArgumentException("a text that begins with " + quote + " does not end");
    }

    private void escape(StringBuilder text) {
        char c = source.charAt(at);
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits > 0 && at + digits < source.length()) {
            text.appendCodePoint(Integer.parseInt(source.substring(at + 1, at + 1 + digits), 16));
            at += digits;
            return;
        }
        for (int i = 0; i < ESCAPES.length(); i += 2) {
            if (ESCAPES.charAt(i) == c) {
                text.append(ESCAPES.charAt(i + 1));
                return;
            }
        }
        if (c != '\n') {
            text.append('\\').append(c);
        }
    }
}
