package dev.tempo.datasets.comparison;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markup: marks of web pages, of Markdown and of chat templates, which say how a text looks and not what it says. */
final class TextMarkup {
    private static final Pattern TURN = Pattern.compile(
            "<\\|[^|<>]{1,40}\\|>(?:system|user|assistant)?|\\[/?INST\\]|</?s>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG =
            Pattern.compile("</?(?:p|br|div|span|strong|em)\\s*/?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADING = Pattern.compile("(?m)^[ \\t]*#{1,6}[ \\t]+");
    private static final Pattern EMPHASIS = Pattern.compile("\\\\text(?:bf|it|sc)\\{([^{}]{1,80})\\}");
    private static final Pattern BULLET = Pattern.compile("^\\s*[•*]\\s+");
    private static final String OPERAND = "[\\p{L}\\p{N}&&[^\\p{IsHan}]]";
    /** Marks at the edge of words; those between operands are a power. */
    private static final Pattern BOLD = Pattern.compile(
            "(?<!" + OPERAND + "|[)}\\]])\\*\\*(?=\\S)|(?<=\\S)\\*\\*(?!" + OPERAND + "|[(\\[{\\\\$-])");

    private static final Pattern QUOTED_IN_LATEX = Pattern.compile("``(.{1,200}?)''", Pattern.DOTALL);

    private static final Pattern OPTION = Pattern.compile("(?m)^[ \\t]*[(（]?([A-J])[)）.．、:：][ \\t]*");
    private static final Pattern FIRST_OPTION = Pattern.compile("(?:^|\\n)[ \\t]*[(（]?A[)）.．、:：]");
    private static final Pattern SECOND_OPTION = Pattern.compile("\\n[ \\t]*[(（]?B[)）.．、:：]");

    private TextMarkup() {}

    static String without(String text) {
        String plain = LostBackslashes.mended(text);
        if (plain.indexOf('&') >= 0) {
            plain = plain.replace("&nbsp;", " ")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&amp;", "&");
        }
        if (plain.indexOf('<') >= 0 || plain.indexOf('[') >= 0) {
            plain = TURN.matcher(plain).replaceAll("\n");
            plain = TAG.matcher(plain).replaceAll(" ");
        }
        plain = listsOptions(plain) ? OPTION.matcher(plain).replaceAll("($1) ") : plain;
        plain = plain.indexOf('#') < 0 ? plain : HEADING.matcher(plain).replaceAll("");
        plain = plain.contains("\\text") ? EMPHASIS.matcher(plain).replaceAll("$1") : plain;
        plain = BULLET.matcher(plain).replaceFirst("");
        plain = plain.contains("``") ? QUOTED_IN_LATEX.matcher(plain).replaceAll("\"$1\"") : plain;
        return (plain.contains("**") ? BOLD.matcher(plain).replaceAll("") : plain).replace("`", "");
    }

    /** Whether a line begins with A, and one behind it with B; looked for one after the other, so that many of A cost no more. */
    private static boolean listsOptions(String text) {
        Matcher first = FIRST_OPTION.matcher(text);
        return first.find() && SECOND_OPTION.matcher(text).find(first.end());
    }
}
