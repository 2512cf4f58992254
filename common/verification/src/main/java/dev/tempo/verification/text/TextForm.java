package dev.tempo.verification.text;

import dev.tempo.verification.parsing.Vocabulary;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/** The forms of a text without layout, spacing and punctuation. */
public final class TextForm {
    private static final Set<String> LAYOUT = Set.of("left", "right", "quad", "qquad", "displaystyle");

    private TextForm() {}

    /**
     * The place where a text ends without the punctuation behind it. Dots after a comma are no punctuation: a list goes
     * on.
     */
    static int withoutPunctuation(CharSequence text, String signs) {
        int end = text.length();
        while (end > 0 && signs.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int dots = end;
        while (dots < text.length() && (text.charAt(dots) == ',' || text.charAt(dots) == ' ')) {
            dots++;
        }
        boolean open =
                dots > end && dots + 1 < text.length() && text.charAt(dots) == '.' && text.charAt(dots + 1) == '.';
        return open ? text.length() : end;
    }

    /** The letters and digits of a text in lower case, words joined. */
    public static String words(String text) {
        StringBuilder words = new StringBuilder();
        literal(text).codePoints().filter(Character::isLetterOrDigit).forEach(words::appendCodePoint);
        return words.toString().toLowerCase(Locale.ROOT);
    }

    /** The signs of a text but spaces, dollars and the braces around words; nothing that changes an expression's meaning. */
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder();
        Deque<Boolean> braces = new ArrayDeque<>();
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\\') {
                int end = at + 1;
                while (end < text.length() && Character.isLetter(text.charAt(end))) {
                    end++;
                }
                String command = text.substring(at + 1, end);
                boolean quotes = Vocabulary.QUOTING.contains(command) && end < text.length() && text.charAt(end) == '{';
                if (quotes) {
                    braces.push(false);
                    at = end;
                } else if (LAYOUT.contains(command)) {
                    at = end - 1;
                } else if (command.isEmpty() && end < text.length() && "!,;: ()[]".indexOf(text.charAt(end)) >= 0) {
                    at = end;
                } else {
                    literal.append(text, at, end);
                    at = end - 1;
                }
            } else if (character == '{') {
                braces.push(true);
                literal.append(character);
            } else if (character == '}') {
                if (braces.isEmpty() || braces.pop()) {
                    literal.append(character);
                }
            } else if (!Character.isWhitespace(character) && character != '$') {
                literal.append(character);
            }
        }
        return literal.substring(0, withoutPunctuation(literal, ".,;:"));
    }
}
