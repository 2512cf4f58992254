package dev.tempo.verification.parsing;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notation that a grammar of operators does not cover, rewritten into LaTeX that the parser reads: {@code {}_nC_k},
 * {@code 10C3}, {@code (mod 5)}, {@code where k is an integer}, {@code 12万} and a condition in brackets behind an
 * answer.
 */
final class Notation {
    /** The most characters of a text that is rewritten; longer texts are no short answers. */
    private static final int MAX_LENGTH = 600;

    private static final String NUMBER = "(\\d{1,4}|[a-z])";
    private static final Pattern PREFIXED =
            Pattern.compile("(?:\\{\\}|(?<![\\w})\\]]))[_^](?:\\{\\s*" + NUMBER + "\\s*\\}|" + NUMBER
                    + ")\\s*(?:\\\\(?:mathrm|text|rm)\\s*\\{)?\\s*([CP])\\s*\\}?\\s*_\\s*(?:\\{\\s*" + NUMBER
                    + "\\s*\\}|" + NUMBER
                    + ")");
    private static final Pattern INLINE =
            Pattern.compile("(?<![\\w.}\\\\])(\\d{1,4})\\s?([CP])\\s?(\\d{1,4})(?![\\w.])");
    private static final Pattern BRACKETED_MODULUS =
            Pattern.compile("\\(\\s*(?:\\\\(?:text|mathrm|operatorname)\\s*\\{)?"
                    + "\\s*\\\\?b?mod\\s*\\}?\\s*(?:\\\\[ ,;:~])*([^()]{1,40})\\)");
    private static final Pattern MODULUS =
            Pattern.compile("(?:\\\\b?mod|\\\\(?:operatorname|text|mathrm)\\s*\\{\\s*mod\\s*\\}"
                    + "|(?<![\\\\a-z])mod)(?![a-z])\\s*(?:\\{([^{}]{1,40})\\}|(\\d+|[a-z]))");
    private static final Pattern MYRIADS = Pattern.compile("(\\d)\\s*([万亿萬億])");

    private static final String LEAD =
            "[,，(（;；]?(?:\\\\(?:text|mathrm|textrm)\\s*\\{|[\\s~,，;；$]|\\\\[,;: ]|\\\\q?quad)*+";
    private static final String FILL = "(?:\\\\(?:text|mathrm|textrm)\\s*\\{|[\\s{}~,，;；$]|\\\\[,;: ]|\\\\q?quad)*+";
    private static final Pattern IS_INTEGER = Pattern.compile(LEAD + "(?:where\\b|with\\b|for\\b|and\\b|其中)?" + FILL
            + "(?<![a-zA-Z\\\\])([a-zA-Z])" + FILL + "(?:is\\b|are\\b|be\\b|为|是|取)" + FILL + "(?:an?\\b|any\\b|任意|一个)?"
            + FILL + "(?:arbitrary|任意)?" + FILL + "(?:integers?|整数)\\s*\\}?\\s*[)）]?");
    private static final Pattern FOR_INTEGER = Pattern.compile(LEAD + "(?:where\\b|for\\b|with\\b)" + FILL
            + "(?:any\\b|all\\b|every\\b|each\\b|some\\b|arbitrary\\b)?" + FILL + "integers?\\b" + FILL
            + "([a-zA-Z])(?![a-zA-Z])\\s*\\}?\\s*[)）]?");
    private static final Pattern COUNTED = Pattern.compile(
            "[,，]?\\s*[(（]?\\s*([a-zA-Z])\\s*=\\s*0\\s*,\\s*(?:\\\\pm|±)\\s*1\\s*,\\s*(?:\\\\pm|±)\\s*2\\s*"
                    + "(?:,\\s*(?:\\\\pm|±)\\s*3\\s*)?,?\\s*(?:\\\\[lc]?dots|\\.\\.\\.|…+)[)）]?");
    private static final Pattern RANGE = Pattern.compile(LEAD + "(?:where\\b|for\\b|with\\b|其中)" + FILL
            + "(?:any\\b|all\\b|every\\b|each\\b|some\\b)?" + FILL + "(?=[a-zA-Z]\\s*(?:\\\\in(?![a-z])|∈))");
    private static final Pattern CONDITION =
            Pattern.compile("\\\\in(?![a-z])|∈|\\\\neq?(?![a-z])|≠|\\\\[lg]eq?(?:slant)?(?![a-z])|[<>≤≥]");
    private static final Pattern MEMBER = Pattern.compile("\\\\in(?![a-z])|∈");

    private static final Pattern SPACING = Pattern.compile("(?:\\\\left|\\\\[ ,;:!]|\\\\q?quad|[\\s~])++$");
    private static final Pattern RIGHT = Pattern.compile("\\\\right\\s*$");

    private Notation() {}

    static String plain(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        String plain = text;
        if (plain.indexOf('C') >= 0 || plain.indexOf('P') >= 0) {
            plain = PREFIXED.matcher(plain)
                    .replaceAll(found -> chosen(first(found, 1, 2), found.group(3), first(found, 4, 5)));
            plain = INLINE.matcher(plain).replaceAll(found -> chosen(found.group(1), found.group(2), found.group(3)));
        }
        if (plain.contains("mod")) {
            boolean congruence = plain.contains("equiv") || plain.indexOf('≡') >= 0;
            plain = BRACKETED_MODULUS.matcher(plain).replaceAll(found -> quoted("\\pmod{" + found.group(1) + "}"));
            plain = congruence
                    ? MODULUS.matcher(plain).replaceAll(found -> quoted("\\pmod{" + first(found, 1, 2) + "}"))
                    : plain;
        }
        if (plain.contains("integer") || plain.contains("整数")) {
            plain = balanced(plain, IS_INTEGER);
            plain = balanced(plain, FOR_INTEGER);
        }
        if (plain.contains("dots") || plain.contains("...") || plain.indexOf('…') >= 0) {
            plain = balanced(plain, COUNTED);
        }
        if (plain.contains("for") || plain.contains("where") || plain.contains("with") || plain.contains("其中")) {
            plain = balanced(plain, RANGE);
        }
        if (plain.indexOf('万') >= 0 || plain.indexOf('亿') >= 0 || plain.indexOf('萬') >= 0 || plain.indexOf('億') >= 0) {
            plain = MYRIADS.matcher(plain)
                    .replaceAll(found ->
                            quoted(found.group(1) + "\\times 10^{" + ("万萬".contains(found.group(2)) ? 4 : 8) + "}"));
        }
        return plain.indexOf(')') > 0 || plain.indexOf('）') > 0 ? withoutBrackets(plain) : plain;
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }

    private static String first(MatchResult found, int group, int other) {
        return found.group(group) == null ? found.group(other) : found.group(group);
    }

    private static String chosen(String from, String kind, String count) {
        return quoted(
                kind.equals("C")
                        ? "\\binom{" + from + "}{" + count + "}"
                        : "\\frac{(" + from + ")!}{(" + from + "-" + count + ")!}");
    }

    /** The parameter's range in signs, unless words and braces are mixed in another way. */
    private static String balanced(String text, Pattern words) {
        String signs = words.matcher(text)
                .replaceAll(
                        found -> quoted(found.groupCount() == 0 ? ", " : ", " + found.group(1) + "\\in \\mathbb{Z}"));
        return depth(signs) == depth(text) ? signs : text;
    }

    private static int depth(String text) {
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            boolean escaped = at > 0 && text.charAt(at - 1) == '\\';
            depth += escaped ? 0 : text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
        }
        return depth;
    }

    /** {@code x = k\pi (k \in \mathbb{Z})}, {@code x > 1 (x \ne 2)}: a condition counts beside what it limits. */
    private static String withoutBrackets(String text) {
        String whole = text.stripTrailing();
        int end = whole.length() - 1;
        while (end > 0 && ".$ ".indexOf(whole.charAt(end)) >= 0) {
            end--;
        }
        if (whole.charAt(end) != ')' && whole.charAt(end) != '）') {
            return text;
        }
        int depth = 0;
        int open = end;
        for (; open >= 0; open--) {
            char sign = whole.charAt(open);
            depth += sign == ')' || sign == '）' ? 1 : sign == '(' || sign == '（' ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        if (open <= 0) {
            return text;
        }
        String inner = whole.substring(open + 1, end);
        if (!CONDITION.matcher(inner).find()) {
            return text;
        }
        String before = SPACING.matcher(whole.substring(0, open)).replaceFirst("");
        char last = before.isEmpty() ? '(' : before.charAt(before.length() - 1);
        boolean value = Character.isDigit(last) || last == '}' || last == ')' || last == ']';
        boolean letter = Character.isLetter(last) && last != 'P' && last != 'f';
        boolean condition = value || letter && MEMBER.matcher(inner).find();
        return condition ? before + ", " + RIGHT.matcher(inner).replaceFirst("") : text;
    }
}
