package dev.tempo.verification;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds {@code \boxed} and {@code \fbox}; several joined by commas, "and" or "or" are one answer. */
final class Boxes {
    /** Text between two boxes of one answer is at most this long. */
    private static final int MAX_GAP = 48;

    private Boxes() {}

    /** The content of the last box or boxes, and where they end. */
    record Found(String content, int end) {}

    private record Box(int start, int end, String content) {}

    static @Nullable Found last(String text) {
        List<Box> boxes = all(text);
        if (boxes.isEmpty()) {
            return null;
        }
        int first = boxes.size() - 1;
        while (first > 0
                && joined(text.substring(
                        boxes.get(first - 1).end(), boxes.get(first).start()))) {
            first--;
        }
        StringBuilder content = new StringBuilder();
        for (Box box : boxes.subList(first, boxes.size())) {
            content.append(content.isEmpty() ? "" : " , ").append(box.content());
        }
        int end = boxes.get(boxes.size() - 1).end();
        if (percentFollows(text, end)) {
            content.append(" \\%");
        }
        return new Found(content.toString(), end);
    }

    private static List<Box> all(String text) {
        List<Box> boxes = new ArrayList<>();
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
            if (text.charAt(open) == '{') {
                end = closing(text, open);
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
            if (!content.isBlank()) {
                boxes.add(new Box(start(text, name), end, content));
            }
        }
    }

    private static int start(String text, int name) {
        int start = name;
        while (start > 0 && text.charAt(start - 1) == '\\') {
            start--;
        }
        return start;
    }

    /** Place of the matching brace; without one, the end of the formula or of the text. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\\') {
                at++;
            } else if (character == '{') {
                depth++;
            } else if (character == '}' && --depth == 0) {
                return at;
            }
        }
        int dollar = text.indexOf('$', open);
        return dollar < 0 ? text.length() : dollar;
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
