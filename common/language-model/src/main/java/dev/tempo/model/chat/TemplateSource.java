package dev.tempo.model.chat;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A template with its white space control carried out as jinja2 does with {@code trim_blocks} and
 * {@code lstrip_blocks}, and with its plain text quoted, so that jinjava has nothing left to trim. Every statement and
 * expression ends on the line it ended on.
 */
final class TemplateSource {
    static final Set<String> STATEMENTS = Set.of(
            "if",
            "elif",
            "else",
            "endif",
            "for",
            "endfor",
            "set",
            "endset",
            "macro",
            "endmacro",
            "call",
            "endcall",
            "break",
            "continue",
            "do");

    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*[-+]?%\\}");

    private final String source;
    private final StringBuilder rewritten = new StringBuilder();
    private int at;
    private int linesRead;
    private int linesWritten;

    private TemplateSource(String source) {
        this.source = source;
    }

    /** @throws MalformedException if a statement, expression or comment does not end, or no such statement is known */
    static String forJinjava(String template) {
        String lines = template.replace("\r\n", "\n").replace('\r', '\n');
        TemplateSource rewriting =
                new TemplateSource(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
        rewriting.rewrite();
        return rewriting.rewritten.toString();
    }

    /** A delimiter without its counterpart, or a statement that chat templates do not have. */
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;

        MalformedException(String problem, int line) {
            super(problem);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    private void rewrite() {
        boolean lineStart = true;
        boolean trimLeft = false;
        boolean trimNewline = false;
        while (true) {
            int open = Delimiters.opening(source, at);
            String text = source.substring(at, open < 0 ? source.length() : open);
            linesRead += lines(text);
            String kept = trimLeft ? PythonText.strip(text, null, true, false) : text;
            if (trimNewline && kept.startsWith("\n")) {
                kept = kept.substring(1);
                lineStart = true;
            }
            if (open < 0) {
                literal(kept);
                return;
            }
            char kind = source.charAt(open + 1);
            char control = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
            if (control == '-') {
                kept = PythonText.strip(kept, null, false, true);
            } else if (control != '+' && kind != '{') {
                kept = withoutIndent(kept, lineStart);
            }
            literal(kept);
            int close = Delimiters.closing(source, open, kind);
            if (close < 0) {
                throw new MalformedException("'{" + kind + "' is not closed", linesRead + 1);
            }
            String body = source.substring(open + 2, close);
            linesRead += lines(body);
            boolean trimsRight = body.endsWith("-");
            boolean keepsRight = body.endsWith("+");
            boolean trimsLeft = body.startsWith("-") || body.startsWith("+");
            String inner = body.substring(
                    trimsLeft ? 1 : 0, Math.max(trimsLeft ? 1 : 0, body.length() - (trimsRight || keepsRight ? 1 : 0)));
            at = close + 2;
            if (kind == '%' && inner.strip().equals("raw")) {
                raw(trimsRight, keepsRight);
                lineStart = true;
                trimLeft = false;
                trimNewline = true;
                continue;
            }
            emit(kind, inner);
            trimLeft = trimsRight;
            trimNewline = kind != '{' && !keepsRight && !trimsRight;
            lineStart = false;
        }
    }

    /** Text up to endraw means itself. */
    private void raw(boolean trimsRight, boolean keepsRight) {
        java.util.regex.Matcher end = java.util.regex.Pattern.compile("\\{%([-+]?)\\s*endraw\\s*[-+]?%\\}")
                .matcher(source);
        if (!end.find(at)) {
            throw new MalformedException("'raw' has no 'endraw'", linesRead + 1);
        }
        String text = source.substring(at, end.start());
        linesRead += lines(source.substring(at, end.end()));
        if (trimsRight) {
            text = PythonText.strip(text, null, true, false);
        } else if (!keepsRight && text.startsWith("\n")) {
            text = text.substring(1);
        }
        literal(end.group(1).equals("-") ? PythonText.strip(text, null, false, true) : withoutIndent(text, true));
        at = end.end();
    }

    /** lstrip_blocks: white space between the line's start and a statement is dropped. */
    private static String withoutIndent(String text, boolean lineStart) {
        int line = text.lastIndexOf('\n') + 1;
        boolean blank = text.substring(line).codePoints().allMatch(PythonText::isSpace);
        return blank && (line > 0 || lineStart) ? text.substring(0, line) : text;
    }

    private void literal(String text) {
        if (!text.isEmpty()) {
            StringBuilder quoted = new StringBuilder().append('\'');
            for (char c : text.toCharArray()) {
                quoted.append(
                        switch (c) {
                            case '\'' -> "\\'";
                            case '\\' -> "\\\\";
                            case '\n' -> "\\n";
                            default -> String.valueOf(c);
                        });
            }
            emit('{', quoted.append('\'').toString());
        }
    }

    private void emit(char kind, String body) {
        String statement = body.strip();
        if (kind == '#' || kind == '%' && (statement.equals("generation") || statement.equals("endgeneration"))) {
            return;
        }
        if (kind == '%' && !STATEMENTS.contains(firstWord(statement))) {
            throw new MalformedException("there is no statement '" + firstWord(statement) + "'", linesRead + 1);
        }
        rewritten.append('{').append(kind).append(' ');
        rewritten.append("\n".repeat(linesRead - linesWritten - lines(body)));
        rewritten.append(Delimiters.bracesApart(body)).append(' ').append(kind == '{' ? "}}" : "%}");
        linesWritten = linesRead;
    }

    private static String firstWord(String statement) {
        int end = 0;
        while (end < statement.length() && Character.isJavaIdentifierPart(statement.charAt(end))) {
            end++;
        }
        return statement.substring(0, end);
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
