package dev.tempo.datasets.comparison;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one form of characters that mean the same; what Unicode's own folding would run together is kept apart. */
final class CharacterForms {
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼ";
    /** 1,000 and its other spellings; groups of exactly three digits. */
    private static final Pattern THOUSANDS = Pattern.compile(
            "(?<![\\d.,])\\d{1,3}(?:(?:,\\\\!|,|\\{\\\\?,\\}|\\\\[,;! ]|[\\u2009\\u202F])\\d{3})+(?![\\d]|,\\d)");

    private static final Pattern QUOTED =
            Pattern.compile("(?<![\\p{L}\\p{N})}\\]'])'([^'\\n]{1,200})'(?![\\p{L}\\p{N}'])");

    private CharacterForms() {}

    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 16);
        String joined =
                THOUSANDS.matcher(text).replaceAll(number -> number.group().replaceAll("\\D", ""));
        for (int at = 0; at < joined.length(); ) {
            int end = runEnd(joined, at, RAISED);
            if (end > at) {
                plain.append("^{").append(joined, at, end).append('}');
                at = end;
                continue;
            }
            end = runEnd(joined, at, LOWERED);
            if (end > at) {
                plain.append("_{").append(joined, at, end).append('}');
                at = end;
                continue;
            }
            int character = joined.codePointAt(at);
            append(plain, character);
            at += Character.charCount(character);
        }
        return withoutQuotes(digits(Normalizer.normalize(plain, Normalizer.Form.NFKC)));
    }

    private static void append(StringBuilder plain, int character) {
        if (character >= 0x2460 && character <= 0x2473) {
            plain.append('(').append(character - 0x2460 + 1).append(')');
            return;
        }
        switch (character) {
            case '½', '¼', '¾', '⅓', '⅔', '⅕', '⅖', '⅗', '⅘', '⅙', '⅚', '⅛', '⅜', '⅝', '⅞', '⅐', '⅑', '⅒' -> {
                String[] parts = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC)
                        .split("\u2044", -1);
                plain.append("\\frac{")
                        .append(parts[0])
                        .append("}{")
                        .append(parts[1])
                        .append('}');
            }
            case '㎡' -> plain.append("m^{2}");
            case '㎥' -> plain.append("m^{3}");
            case '㎠' -> plain.append("cm^{2}");
            case '″', '‶' -> plain.append("''");
            case '‴' -> plain.append("'''");
            case '′', '‵', '‘', '’', '‚', '‛', '´', 'ʼ', '＇' -> plain.append('\'');
            case '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』', '〝', '〞', '＂' -> plain.append('"');
            case '。', '｡' -> plain.append(". ");
            case '、', '､', '，' -> plain.append(", ");
            case '：' -> plain.append(": ");
            case '；' -> plain.append("; ");
            case '？' -> plain.append("? ");
            case '！' -> plain.append("! ");
            case '【', '〔' -> plain.append('[');
            case '】', '〕' -> plain.append(']');
            case '−', '⁃', '﹣', '－' -> plain.append('-');
            case '⁄', '∕', '÷' -> plain.append('/');
            case '∶', '︰' -> plain.append(':');
            case '∗', '＊' -> plain.append('*');
            case '∆' -> plain.append('δ');
            case '\u00A0', '\u200B', '\u2028', '\u2029' -> plain.append(character == '\u200B' ? "" : " ");
            default -> {
                switch (Character.getType(character)) {
                    case Character.DASH_PUNCTUATION -> plain.append('-');
                    case Character.FORMAT -> {}
                    case Character.CONTROL -> plain.append(Character.isWhitespace(character) ? (char) character : ' ');
                    default -> plain.appendCodePoint(character);
                }
            }
        }
    }

    /** Digits of every script as 0 to 9. */
    private static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER) {
                digits.append(Character.digit(character, 10));
            } else {
                digits.appendCodePoint(character);
            }
        });
        return digits.toString();
    }

    /** Small letters; one for those that have the same capitals. */
    static String caseless(String text) {
        return text.toLowerCase(Locale.ROOT).replace("ß", "ss").replace('ς', 'σ');
    }

    /** Quotation marks say no more than that something is quoted; primes and apostrophes stay. */
    private static String withoutQuotes(String text) {
        Matcher quoted = QUOTED.matcher(text);
        return quoted.replaceAll("$1").replace("\"", "");
    }

    private static int runEnd(String text, int start, String alphabet) {
        int end = start;
        while (end < text.length() && alphabet.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }
}
