package dev.tempo.chat;

import dev.tempo.chat.TemplateToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of one tag, a statement or an output, up to its closing delimiter. */
final class TagTokens {
    private static final Pattern SPACE = Pattern.compile("[\\s\\x1c-\\x1f\\x85\\p{Z}]+");
    private static final Pattern DECIMAL = Pattern.compile(
            "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][-+]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
    private static final Pattern WHOLE =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_·]+");
    private static final Pattern TEXT = Pattern.compile(
            "'(?:[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'|\"(?:[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,;]");
    private static final Pattern EXPRESSION_END = Pattern.compile("-\\}\\}\\s*|\\}\\}");
    private static final Pattern STATEMENT_END = Pattern.compile("\\+%\\}|-%\\}\\s*|%\\}\\n?");

    private final String source;
    private final boolean expression;
    private final Deque<String> open = new ArrayDeque<>();
    private final List<TemplateToken> tokens = new ArrayList<>();
    private int at;
    private int line;

    TagTokens(String source, int at, int line, boolean expression) {
        this.source = source;
        this.at = at;
        this.line = line;
        this.expression = expression;
    }

    /** The position in the source behind the closing delimiter and the white space that the delimiter removes. */
    int end() {
        return at;
    }

    /**
     * All tokens of the tag.
     *
     * @param begin the line of the opening delimiter
     */
    List<TemplateToken> all(int begin) {
        while (at < source.length()) {
            String end = open.isEmpty() ? match(expression ? EXPRESSION_END : STATEMENT_END) : null;
            if (end != null) {
                add(expression ? Kind.EXPRESSION_END : Kind.STATEMENT_END, end, "");
                return tokens;
            }
            next();
        }
        throw new MalformedTemplateException("'" + (expression ? "{{" : "{%") + "' is not closed", begin);
    }

    private void next() {
        String space = match(SPACE);
        if (space != null) {
            move(space);
            return;
        }
        String decimal = match(DECIMAL);
        if (decimal != null) {
            add(Kind.DECIMAL, decimal, decimal.replace("_", ""));
            return;
        }
        String whole = match(WHOLE);
        if (whole != null) {
            add(Kind.WHOLE, whole, whole.replace("_", ""));
            return;
        }
        String name = match(NAME);
        if (name != null) {
            name(name);
            return;
        }
        String text = match(TEXT);
        if (text != null) {
            add(Kind.TEXT, text, TextLiteral.value(text.substring(1, text.length() - 1), line));
            return;
        }
        String operator = match(OPERATOR);
        if (operator == null) {
            char c = source.charAt(at);
            throw new MalformedTemplateException(
                    c == '\'' || c == '"'
                            ? "a text that begins with " + c + " does not end"
                            : "'" + Character.toString(source.codePointAt(at)) + "' has no meaning in an expression",
                    line);
        }
        balance(operator);
        add(Kind.OPERATOR, operator, operator);
    }

    private void name(String name) {
        int first = name.codePointAt(0);
        if (!Character.isUnicodeIdentifierStart(first) && first != '_') {
            throw new MalformedTemplateException("'" + name + "' is no name", line);
        }
        add(Kind.NAME, name, name);
    }

    private void balance(String operator) {
        switch (operator) {
            case "(" -> open.push(")");
            case "[" -> open.push("]");
            case "{" -> open.push("}");
            case ")", "]", "}" -> {
                String expected = open.isEmpty() ? "" : open.pop();
                if (!expected.equals(operator)) {
                    throw new MalformedTemplateException(
                            "'" + operator + "' closes nothing"
                                    + (expected.isEmpty() ? "" : "; '" + expected + "' would"),
                            line);
                }
            }
            default -> {
                // closes and opens nothing
            }
        }
    }

    private @org.jspecify.annotations.Nullable String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(source)
                .region(at, source.length())
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
        return matcher.lookingAt() ? matcher.group() : null;
    }

    private void add(Kind kind, String written, String value) {
        tokens.add(new TemplateToken(kind, value, line));
        move(written);
    }

    private void move(String written) {
        at += written.length();
        line += (int) written.chars().filter(c -> c == '\n').count();
    }
}
