package dev.tempo.chat;

import dev.tempo.chat.TemplateToken.Kind;
import dev.tempo.chat.python.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scanner that cuts a template into tokens, with jinja2's white space control: {@code -} and {@code +} beside delimiters,
 * {@code trim_blocks}, {@code lstrip_blocks}.
 */
final class TemplateTokens {
    private static final Pattern RAW = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(?:-%\\}\\s*|%\\})");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)");
    private static final Pattern COMMENT_END = Pattern.compile("\\+#\\}|-#\\}\\s*|#\\}\\n?");

    private final String source;
    private final List<TemplateToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineStart = true;

    private TemplateTokens(String source) {
        String plain = source.replace("\r\n", "\n").replace('\r', '\n');
        this.source = plain.endsWith("\n") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /**
     * The tokens of a template.
     *
     * @throws MalformedTemplateException naming the line, if a delimiter is not closed or a character is not part of the
     *     language
     */
    static List<TemplateToken> of(String source) {
        return new TemplateTokens(source).all();
    }

    private List<TemplateToken> all() {
        for (int open = opening(at); open >= 0; open = opening(at)) {
            Matcher raw = RAW.matcher(source).region(open, source.length());
            if (raw.lookingAt()) {
                data(source.substring(at, open), raw.group(1), true);
                advance(raw.end());
                raw();
                continue;
            }
            char kind = source.charAt(open + 1);
            char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
            boolean signed = sign == '-' || sign == '+';
            data(source.substring(at, open), signed ? String.valueOf(sign) : "", kind != '{');
            int begin = line + lines(at, open);
            advance(open + (signed ? 3 : 2));
            if (kind == '#') {
                comment(begin);
            } else {
                tag(kind == '{', begin);
            }
        }
        data(source.substring(at));
        tokens.add(new TemplateToken(Kind.END, "", line + lines(at, source.length())));
        return tokens;
    }

    private int opening(int from) {
        for (int open = source.indexOf('{', from); open >= 0; open = source.indexOf('{', open + 1)) {
            if (open + 1 < source.length() && "{%#".indexOf(source.charAt(open + 1)) >= 0) {
                return open;
            }
        }
        return -1;
    }

    private int lines(int from, int to) {
        return (int) source.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    private void advance(int to) {
        line += lines(at, to);
        lineStart = to > 0 && source.charAt(to - 1) == '\n';
        at = to;
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            tokens.add(new TemplateToken(Kind.DATA, text, line));
        }
    }

    /**
     * Adds plain text in front of a tag.
     *
     * @param sign the white space control of the tag: {@code -}, {@code +} or empty
     * @param statement whether white space between the line's start and the tag is dropped
     */
    private void data(String text, String sign, boolean statement) {
        if (sign.equals("-")) {
            data(PythonText.strip(text, null, false, true));
        } else if (sign.isEmpty() && statement) {
            int start = text.lastIndexOf('\n') + 1;
            boolean blank =
                    PythonText.strip(text.substring(start), null, true, true).isEmpty();
            data(blank && (start > 0 || lineStart) ? text.substring(0, start) : text);
        } else {
            data(text);
        }
    }

    private void raw() {
        Matcher end = RAW_END.matcher(source);
        if (!end.find(at)) {
            throw new MalformedTemplateException("'raw' has no 'endraw'", line);
        }
        data(source.substring(at, end.start()), end.group(1), true);
        advance(end.end());
    }

    private void comment(int begin) {
        Matcher end = COMMENT_END.matcher(source);
        if (!end.find(at)) {
            throw new MalformedTemplateException("'{#' is not closed", begin);
        }
        advance(end.end());
    }

    private void tag(boolean expression, int begin) {
        tokens.add(new TemplateToken(expression ? Kind.EXPRESSION_BEGIN : Kind.STATEMENT_BEGIN, "", begin));
        TagTokens tag = new TagTokens(source, at, line, expression);
        tokens.addAll(tag.all(begin));
        advance(tag.end());
    }
}
