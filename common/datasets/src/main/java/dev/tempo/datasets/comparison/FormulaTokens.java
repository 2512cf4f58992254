package dev.tempo.datasets.comparison;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a text with formulas in it: its words, numbers and signs, whichever way the formulas are written. The
 * text is in lower case.
 */
final class FormulaTokens {
    /** The deepest nesting of groups; deeper ones are not read as groups. */
    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;
    /** The number of open environments with cells, which line breaks and {@code &} part. */
    private int tables;
    /** The number of open environments with lines. */
    private int aligned;

    private FormulaTokens(String text) {
        this.text = text;
    }

    static List<String> tokens(String text) {
        List<String> tokens = new FormulaTokens(text).until(false);
        return EquivalentForms.of(tokens);
    }

    /** Tokens to the end of the text, or to the brace that closes a group. */
    private List<String> until(boolean brace) {
        List<String> tokens = new ArrayList<>();
        while (at < text.length()) {
            if (text.charAt(at) == '}' && brace) {
                at++;
                return tokens;
            }
            next(tokens);
        }
        return tokens;
    }

    private void next(List<String> tokens) {
        int character = text.codePointAt(at);
        if (Character.isWhitespace(character) || character == '$' || character == '~') {
            at++;
        } else if (character == '\\') {
            at++;
            escaped(tokens);
        } else if (character == '&' && aligned > 0 && tables == 0) {
            at++;
        } else if (Character.isDigit(character)) {
            tokens.add(number());
        } else if (Character.isLetter(character)) {
            tokens.add(word(character));
        } else if (text.startsWith("__", at)) {
            at = endOf('_');
        } else {
            sign(tokens, character);
        }
    }

    private int endOf(char repeated) {
        int end = at;
        while (end < text.length() && text.charAt(end) == repeated) {
            end++;
        }
        return end;
    }

    private String number() {
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && Character.isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
        }
        return text.substring(start, at);
    }

    /** A word of a script with spaces; a letter of Greek, which formulas use, and of scripts without spaces. */
    private String word(int first) {
        int start = at;
        at += Character.charCount(first);
        if (!isSingle(first)) {
            while (at < text.length()) {
                int character = text.codePointAt(at);
                boolean goesOn = Character.isLetter(character) && !isSingle(character)
                        || Character.getType(character) == Character.NON_SPACING_MARK;
                if (!goesOn) {
                    break;
                }
                at += Character.charCount(character);
            }
        }
        return Symbols.sign(text.substring(start, at));
    }

    private static boolean isSingle(int letter) {
        return Character.isIdeographic(letter)
                || switch (Character.UnicodeScript.of(letter)) {
                    case GREEK, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }

    private void sign(List<String> tokens, int character) {
        if (character == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)) && !isWithinWord()) {
            at++;
            tokens.add("0." + number());
            return;
        }
        for (String pair : List.of("...", "<=", ">=", "!=", "->", "=>", "**")) {
            if (text.startsWith(pair, at)) {
                at += pair.length();
                tokens.add(pair.equals("**") ? "^" : Symbols.sign(pair));
                return;
            }
        }
        at += Character.charCount(character);
        tokens.add(Symbols.sign(Character.toString(character)));
        if (character == '^' || character == '_') {
            taken(tokens);
        }
    }

    /** Adds the group that follows, if one does; braces elsewhere are signs like others, such as those of a set. */
    private void taken(List<String> tokens) {
        int before = at;
        skipSpace();
        if (at < text.length() && text.charAt(at) == '{' && depth < DEEPEST) {
            tokens.addAll(grouped(group()));
        } else {
            at = before;
        }
    }

    private boolean isWithinWord() {
        return at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
    }

    private void escaped(List<String> tokens) {
        if (at >= text.length()) {
            return;
        }
        char character = text.charAt(at);
        if (character >= 'a' && character <= 'z') {
            int start = at;
            while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
                at++;
            }
            command(tokens, text.substring(start, at));
            return;
        }
        at++;
        switch (character) {
            case '\\' -> {
                if (tables > 0) {
                    tokens.add("\\\\");
                }
                skipLength();
            }
            case '(', ')', '[', ']', ',', ';', ':', '!', '>', '/', '-', '$', ' ', '\n', '\t' -> {}
            case '|' -> tokens.add("∥");
            case '_' -> at = endOfBlank();
            default -> tokens.add(String.valueOf(character));
        }
    }

    /** An escaped underscore, or the place that several leave free. */
    private int endOfBlank() {
        int end = at;
        while (text.startsWith("\\_", end)) {
            end += 2;
        }
        return end;
    }

    /** The length behind a line break: {@code \\[4pt]}. */
    private void skipLength() {
        int close = text.indexOf(']', at);
        if (at < text.length()
                && text.charAt(at) == '['
                && close > 0
                && close - at < 12
                && text.substring(at + 1, close).matches("-?[\\d.]+\\s*[a-z]{2}")) {
            at = close + 1;
        }
    }

    private void command(List<String> tokens, String name) {
        if (Symbols.SILENT.contains(name)) {
            skipSpace();
            if ((name.equals("left") || name.equals("right")) && text.startsWith(".", at)) {
                at++;
            }
        } else if (Symbols.SPACES.contains(name)) {
            at += text.startsWith("*", at) ? 1 : 0;
            argument();
        } else if (Symbols.STYLES.contains(name)) {
            at += text.startsWith("*", at) ? 1 : 0;
            List<String> styled = argument();
            tokens.addAll(isRaised(tokens) ? grouped(styled) : styled);
        } else if (name.equals("begin") || name.equals("end")) {
            environment(tokens, name);
        } else if (Symbols.FRACTIONS.contains(name)) {
            List<String> fraction = new ArrayList<>(EquivalentForms.bracketed(argument(), "(", ")"));
            fraction.add("/");
            fraction.addAll(EquivalentForms.bracketed(argument(), "(", ")"));
            tokens.addAll(isRaised(tokens) ? EquivalentForms.bracketed(fraction, "{", "}") : fraction);
        } else {
            named(tokens, Symbols.command(name));
        }
    }

    /** A function or an unknown command takes groups; a sign ends with the empty one at most. */
    private void named(List<String> tokens, String name) {
        tokens.add(name);
        if (name.equals("√") || name.charAt(0) == '\\' || name.length() > 1 && Character.isLetter(name.charAt(0))) {
            if (name.equals("√") && text.startsWith("[", at)) {
                index(tokens);
            }
            taken(tokens);
        } else if (text.startsWith("{}", at)) {
            at += 2;
        }
    }

    /** The degree of a root: {@code \sqrt[3]}. */
    private void index(List<String> tokens) {
        int close = text.indexOf(']', at);
        if (close > 0) {
            tokens.addAll(new FormulaTokens(text.substring(at, close + 1)).until(false));
            at = close + 1;
        }
    }

    private void environment(List<String> tokens, String name) {
        List<String> environment = argument();
        String kind = String.join("", environment).replace("*", "");
        int step = name.equals("begin") ? 1 : -1;
        if (Symbols.ENVIRONMENTS.contains(kind)) {
            aligned = Math.max(0, aligned + step);
            return;
        }
        tables = Math.max(0, tables + step);
        tokens.add("\\" + name);
        tokens.add(kind);
    }

    private static boolean isRaised(List<String> tokens) {
        return !tokens.isEmpty()
                && (tokens.get(tokens.size() - 1).equals("^")
                        || tokens.get(tokens.size() - 1).equals("_"));
    }

    /** The argument of a command: a group, a command or one character. */
    private List<String> argument() {
        skipSpace();
        List<String> tokens = new ArrayList<>();
        if (at >= text.length() || text.charAt(at) == '$' || text.charAt(at) == '}') {
            return tokens;
        }
        if (text.charAt(at) == '{' && depth < DEEPEST) {
            return group();
        }
        if (text.charAt(at) == '\\' && depth < DEEPEST) {
            depth++;
            next(tokens);
            depth--;
            return tokens;
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        tokens.add(Symbols.sign(Character.toString(character)));
        return tokens;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private List<String> group() {
        at++;
        depth++;
        List<String> tokens = until(true);
        depth--;
        return tokens;
    }

    /** A group with its braces, which say nothing about a single thing. */
    private static List<String> grouped(List<String> tokens) {
        return EquivalentForms.bracketed(tokens, "{", "}");
    }
}
