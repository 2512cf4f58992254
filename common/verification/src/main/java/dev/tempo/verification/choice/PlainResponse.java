package dev.tempo.verification.choice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A response without what only lays it out: full-width signs, emphasis, quotes and commands around words. Boxes become two private
 * signs, formulas one, so that a letter in a formula is no option.
 */
final class PlainResponse {
    /** The sign before the content of a box. */
    static final char BOX_OPENS = '\uE010';

    static final char BOX_CLOSES = '\uE011';

    /** The sign in place of a formula. */
    static final char FORMULA = '\uE012';

    /** The number of characters, from the end, in which an answer is looked for. */
    private static final int LONGEST = 12_000;

    private static final int LONGEST_FORMULA = 400;
    private static final Set<String> WRAPPING = Set.of(
            "text",
            "textbf",
            "textit",
            "textrm",
            "textsf",
            "texttt",
            "mathrm",
            "mathbf",
            "mathit",
            "mathsf",
            "mathtt",
            "mbox",
            "boldsymbol",
            "bm",
            "underline",
            "emph",
            "operatorname",
            "large",
            "Large",
            "color");

    private static final Pattern ABBREVIATION = Pattern.compile(
            "\\b(e\\.g|i\\.e|vs|etc|approx|cf|resp|Dr|Mr|Mrs|Ms|Prof|Fig|Eq|St)\\.", Pattern.CASE_INSENSITIVE);

    /** A semicolon between two options that stand alone, where it means a comma. */
    private static final Pattern SEMICOLON =
            Pattern.compile("(?<![a-z] )(\\b[A-Za-z]\\)?)\\s*;\\s*(?=\\(?[A-Za-z]\\)?\\s*(?:[;.]|$))");

    private static final Pattern ITEM_LABEL = Pattern.compile("(?m)^[ \\t]*([A-Za-z])\\)[ \\t]+");
    private static final Pattern LENTICULAR = Pattern.compile("【\\s*([A-Za-z](?:[、,和\\s]*[A-Za-z]){0,9})\\s*】");
    private static final Pattern EMPHASIS =
            Pattern.compile("(?<![\\w*])([*_]{1,3})(?=[^\\s*_])([^\\n*_]{1,80})\\1(?![\\w*])");

    private static final Pattern PROSE = Pattern.compile("[a-z]{3,} [a-z]{2,}");
    private static final Pattern LETTERS_ONLY =
            Pattern.compile("[\\s(\\[]*[A-Za-z](?:[\\s,;&()\\[\\]]*[A-Z]){0,9}[\\s)\\]]*");
    private static final Pattern ITEM = Pattern.compile("(?m)^[ \\t]*(?:[-–—*•·>]|#{1,6}|\\d{1,2}[.)])[ \\t]+");

    private PlainResponse() {}

    /** The text as sentences are read from it; of a long one its end. */
    static String of(String response) {
        String end = response.substring(Math.max(0, response.length() - LONGEST));
        String text = unwrapped(halfWidth(end));
        text = ABBREVIATION.matcher(text).replaceAll(found -> found.group(1).replace(".", ""));
        text = SEMICOLON.matcher(text).replaceAll("$1, ");
        text = ITEM.matcher(text).replaceAll("");
        text = ITEM_LABEL.matcher(text).replaceAll("$1: ");
        text = LENTICULAR.matcher(text).replaceAll(" $1 ");
        return EMPHASIS.matcher(withoutFormulas(text))
                .replaceAll("$2")
                .replace("**", "")
                .replace("__", "")
                .replaceAll("[`\"“”„«»‘]", "")
                .replace('’', '\'')
                .replaceAll("'([A-Za-z])'", "$1");
    }

    /** The text with full-width letters, digits and signs as those of a keyboard, but for the ideographic stop. */
    static String halfWidth(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            boolean wide = character >= '\uFF01' && character <= '\uFF5E';
            boolean blank = character == '\u3000' || character == '\u00A0';
            if (Character.getType(character) != Character.FORMAT) {
                plain.append(wide ? (char) (character - 0xFEE0) : blank ? ' ' : character);
            }
        }
        return plain.toString();
    }

    /** The text without commands that only set their argument in a font, with boxes marked. */
    static String unwrapped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        Deque<Character> closings = new ArrayDeque<>();
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\\') {
                int end = at + 1;
                while (end < text.length() && isLatin(text.charAt(end))) {
                    end++;
                }
                String command = text.substring(at + 1, end);
                boolean braced = end < text.length() && text.charAt(end) == '{';
                boolean box = command.equals("boxed") || command.equals("fbox");
                if (braced && (box || WRAPPING.contains(command))) {
                    closings.push(box ? BOX_CLOSES : '\0');
                    plain.append(box ? String.valueOf(BOX_OPENS) : "");
                    at = end;
                } else if (command.isEmpty() && end < text.length() && ",;:! ".indexOf(text.charAt(end)) >= 0) {
                    plain.append(' ');
                    at = end;
                } else {
                    plain.append(text, at, end);
                    at = Math.max(at, end - 1);
                }
            } else if (character == '{') {
                closings.push('}');
                plain.append(character);
            } else if (character == '}' && !closings.isEmpty()) {
                char closing = closings.pop();
                plain.append(closing == '\0' ? "" : String.valueOf(closing));
            } else {
                plain.append(character);
            }
        }
        return plain.toString();
    }

    private static String withoutFormulas(String text) {
        String plain = text.replace("\\(", "$")
                .replace("\\)", "$")
                .replace("\\[", "$")
                .replace("\\]", "$")
                .replace("$$", "$");
        StringBuilder kept = new StringBuilder(plain.length());
        int from = 0;
        for (int open = plain.indexOf('$'); open >= 0; open = plain.indexOf('$', from)) {
            int close = plain.indexOf('$', open + 1);
            kept.append(plain, from, open);
            if (close < 0) {
                from = open + 1;
                continue;
            }
            String content = plain.substring(open + 1, close);
            boolean isFormula = content.length() <= LONGEST_FORMULA
                    && !PROSE.matcher(content).find();
            boolean isAnswer = LETTERS_ONLY.matcher(content).matches() || content.indexOf(BOX_OPENS) >= 0;
            if (isFormula) {
                kept.append(isAnswer ? content : " " + FORMULA + " ");
                from = close + 1;
            } else {
                from = open + 1;
            }
        }
        return kept.append(plain, from, plain.length()).toString();
    }

    private static boolean isLatin(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }
}
