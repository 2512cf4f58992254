package dev.tempo.datasets.comparison;

import java.util.regex.Pattern;

/**
 * Lost backslashes: LaTeX commands that JSON has read as escapes, since their backslash was not doubled: {@code \frac}
 * became a form feed and "rac", {@code \beta} a backspace and "eta". DAPO-Math-17K has 600 questions of this kind.
 */
public final class LostBackslashes {
    private static final Pattern FORM_FEED = Pattern.compile("\f(?=rac|orall)");
    private static final Pattern BACKSPACE = Pattern.compile("\\x08(?=eta|inom|oxed|egin|ar\\b|igl|igr|ullet|mod)");

    private LostBackslashes() {}

    /** Whether a text has such a command. */
    public static boolean isIn(String text) {
        return FORM_FEED.matcher(text).find() || BACKSPACE.matcher(text).find();
    }

    /** The text with the commands that were meant. */
    static String mended(String text) {
        return isIn(text)
                ? BACKSPACE.matcher(FORM_FEED.matcher(text).replaceAll("\\\\f")).replaceAll("\\\\b")
                : text;
    }
}
