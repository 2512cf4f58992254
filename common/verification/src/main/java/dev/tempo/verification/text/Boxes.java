package dev.tempo.verification.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The boxes of a text, {@code \boxed} and {@code \fbox}; several joined by commas, "and" or "or" are one answer. */
public final class Boxes {
    /** The most characters between two boxes of one answer. */
    private static final int MAX_GAP = 48;

    /** A new line, the label of a part of the question, and nothing else. */
    private static final Pattern LABEL = Pattern.compile("[\\s$.,;:。；，*\\\\)\\]]*(?:\\n|(?=[(（]))[\\s$*\\\\(\\[>•#-]*"
            + "(?:(?i:part|question|problem|case|step|小题)?\\s*[(（]?(?:[a-zA-Z]|[ivxIVXⅠ-Ⅻ一二三四五六七八九]{1,4}|[Qq]\\d|\\d{1,2})[)）.:：]+|第[一二三四五六七八九十\\d]+[问题空个小部分]+"
            + "|[①-⑨]|[a-zA-Z](?:_\\{?\\w\\}?)?\\s*(?==))[\\s$*:：.\\\\(\\[]*(?:[a-zA-Z]\\s*)?=?[\\s$*\\\\(\\[]*");

    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?:\\\\(?:quad|qquad|[lcd]?dots|dotsc|square|underline|[ ,;:!_]|h?phantom)"
                    + "|\\{[^{}]*\\}|[\\s.…?_~·-])*"
                    + "|\\s*(?:\\\\(?:text|mathrm|textbf|mathbf)\\{)?\\s*<?\\s*(?i:your |the |my |final |numerical )*(?i:answer|result|答案)(?i: here| goes here)?\\s*>?\\s*\\}?\\s*");

    private Boxes() {}

    /**
     * The content of the last box or boxes, and where they end.
     *
     * @param alone the last box's content where the boxes are joined by nothing but labels in front of them
     */
    public record Found(String content, int end, @Nullable String alone) {}

    private record Box(int start, int end, String content) {}

    public static @Nullable Found last(String text) {
        return last(text, all(text, false));
    }

    /** As {@link #last}, of boxes that a brace opens and a brace closes alone. */
    static @Nullable Found lastComplete(String text) {
        return last(text, all(text, true));
    }

    private static @Nullable Found last(String text, List<Box> boxes) {
        if (boxes.isEmpty()) {
            return null;
        }
        int first = boxes.size() - 1;
        boolean labels = false;
        while (first > 0) {
            String gap =
                    text.substring(boxes.get(first - 1).end(), boxes.get(first).start());
            boolean label = !joined(gap)
                    && (gap.length() <= MAX_GAP && LABEL.matcher(gap).matches()
                            || BoxLabels.follow(
                                    text,
                                    boxes.get(first - 1).start(),
                                    boxes.get(first).start()));
            if (!label && !joined(gap)) {
                break;
            }
            labels |= label;
            first--;
        }
        StringBuilder content = new StringBuilder();
        boolean inequality = false;
        for (int box = first; box < boxes.size(); box++) {
            String part = boxes.get(box).content();
            String gap = box == first
                    ? ""
                    : text.substring(boxes.get(box - 1).end(), boxes.get(box).start());
            inequality |= Prose.isInequality(part);
            content.append(box == first ? "" : Prose.joint(gap, inequality)).append(part);
        }
        int end = boxes.get(boxes.size() - 1).end();
        if (percentFollows(text, end)) {
            content.append(" \\%");
        }
        return new Found(
                content.toString(), end, labels ? boxes.get(boxes.size() - 1).content() : null);
    }

    /** @param complete whether those that lack a brace are passed over, and what is in them is not */
    private static List<Box> all(String text, boolean complete) {
        List<Box> boxes = new ArrayList<>();
        int[] closings = new int[0];
        int at = 0;
        int boxed = text.indexOf("boxed");
        int fbox = text.indexOf("fbox");
        while (true) {
            boxed = boxed >= 0 && boxed < at ? text.indexOf("boxed", at) : boxed;
            fbox = fbox >= 0 && fbox < at ? text.indexOf("fbox", at) : fbox;
            int name = boxed < 0 ? fbox : fbox < 0 ? boxed : Math.min(boxed, fbox);
            if (name < 0) {
                return boxes;
            }
            int open = name + (name == boxed ? 5 : 4);
            at = open;
            if (name == 0 || text.charAt(name - 1) != '\\') {
                continue;
            }
            while (open < text.length() && text.charAt(open) == ' ') {
                open++;
            }
            if (open >= text.length()) {
                return boxes;
            }
            int end;
            String content;
            boolean opened = text.charAt(open) == '{';
            closings = opened && closings.length == 0 ? closings(text, open) : closings;
            if (complete && !(opened && closings[open] > 0)) {
                continue;
            }
            if (opened) {
                end = closing(text, open, closings);
                content = text.substring(open + 1, Math.max(open + 1, end));
                end = Math.min(text.length(), end + 1);
            } else {
                end = open;
                while (end < text.length() && " $\n".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                content = text.substring(open, end);
            }
            at = Math.max(at, end);
            if (!isPlaceholder(content)) {
                boxes.add(new Box(start(text, name), end, content));
            }
        }
    }

    /** Whether a box shows only where an answer would go. */
    private static boolean isPlaceholder(String content) {
        return content.isBlank()
                || content.length() <= MAX_GAP && PLACEHOLDER.matcher(content).matches();
    }

    private static int start(String text, int name) {
        int start = name;
        while (start > 0 && text.charAt(start - 1) == '\\') {
            start--;
        }
        return start;
    }

    /** Place of the matching brace; without one, the end of the formula or of the text. */
    private static int closing(String text, int open, int[] closings) {
        if (closings[open] > 0) {
            return closings[open];
        }
        int dollar = text.indexOf('$', open);
        return dollar < 0 ? text.length() : dollar;
    }

    /** The place of the brace that closes one, for every brace from the first on; all found in one pass, however many do not close. */
    private static int[] closings(String text, int first) {
        int[] closings = new int[text.length()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int at = first; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\\') {
                at++;
            } else if (character == '{') {
                open.push(at);
            } else if (character == '}' && !open.isEmpty()) {
                closings[open.pop()] = at;
            }
        }
        return closings;
    }

    private static boolean joined(String gap) {
        if (gap.length() > MAX_GAP || gap.contains("\n\n") || gap.contains(". ")) {
            return false;
        }
        if (gap.isEmpty()) {
            return true;
        }
        String words = " " + gap.replaceAll("[^a-zA-Z]", " ") + " ";
        boolean letters = words.replace("quad", "").replace("text", "").isBlank();
        boolean connective = words.contains(" and ") || words.contains(" or ");
        boolean separator = gap.indexOf(',') >= 0 || gap.indexOf(';') >= 0 || gap.indexOf('+') >= 0;
        return connective || separator && (letters || gap.indexOf('=') >= 0);
    }

    private static boolean percentFollows(String text, int end) {
        int at = end;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '$' || text.startsWith("\\)", at))) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return text.startsWith("percent", at)
                || text.startsWith("pct", at)
                || text.startsWith("%", at)
                || text.startsWith("\\%", at);
    }
}
