package dev.tempo.datasets.published;

import dev.tempo.datasets.file.Excerpt;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The options of a multiple-choice question, listed as {@code (A) …}, which judges recognise; no two are equal. */
record Options(List<String> texts) {
    private static final int MOST = 26;
    private static final Pattern LABEL = Pattern.compile("^\\s*(?:[(（]([A-Z])[)）]|([A-Z])\\s*[.．、:：)）])\\s*");

    Options {
        if (texts.size() < 2 || texts.size() > MOST) {
            throw new IllegalArgumentException("should be 2 to " + MOST + " options but are " + texts.size());
        }
        texts = texts.stream().map(String::strip).toList();
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            Integer twin = first.putIfAbsent(texts.get(i).replaceAll("\\s+", " "), i);
            if (twin != null) {
                throw new IllegalArgumentException("has two equal options, (" + letter(twin) + ") and (" + letter(i)
                        + ") are both '" + Excerpt.of(texts.get(i))
                        + "', so one of them cannot be right and the other wrong; correct the row, or leave such rows out"
                        + " with --skip-unusable");
            }
        }
    }

    /** Takes off the labels that options come with: {@code (A)}, {@code A.}, or {@code A} before every one. */
    static Options labelled(List<String> written) {
        boolean bare = IntStream.range(0, written.size())
                .allMatch(i -> written.get(i).strip().startsWith(letter(i) + " "));
        if (bare) {
            return new Options(
                    written.stream().map(option -> option.strip().substring(2)).toList());
        }
        boolean all = IntStream.range(0, written.size()).allMatch(i -> isLabelled(written.get(i), i));
        return new Options(IntStream.range(0, written.size())
                .mapToObj(i -> all || isBracketed(written.get(i))
                        ? LABEL.matcher(written.get(i)).replaceFirst("")
                        : written.get(i))
                .toList());
    }

    private static boolean isLabelled(String option, int place) {
        Matcher label = LABEL.matcher(option);
        return label.find() && (label.group(1) == null ? label.group(2) : label.group(1)).charAt(0) == letter(place);
    }

    private static boolean isBracketed(String option) {
        Matcher label = LABEL.matcher(option);
        return label.find() && label.group(1) != null;
    }

    /** The question with its options below it. */
    String below(String question) {
        StringBuilder text = new StringBuilder(question);
        for (int i = 0; i < texts.size(); i++) {
            text.append("\n(").append(letter(i)).append(") ").append(texts.get(i));
        }
        return text.toString();
    }

    /**
     * The letters that a text names, ascending: {@code B}, {@code ACD}.
     *
     * @throws IllegalArgumentException if it names none, or one that no option has
     */
    String letters(String text) {
        String named = text.strip().length() == 1 ? text.strip().toUpperCase(Locale.ROOT) : text;
        TreeSet<Character> letters = new TreeSet<>();
        named.chars().filter(Character::isLetter).forEach(letter -> letters.add((char) letter));
        if (letters.isEmpty() || letters.last() > letter(texts.size() - 1) || letters.first() < 'A') {
            throw new IllegalArgumentException(
                    "should name options A to " + letter(texts.size() - 1) + " but is " + text);
        }
        StringBuilder sorted = new StringBuilder();
        letters.forEach(sorted::append);
        return sorted.toString();
    }

    /**
     * The letter of the option at a place.
     *
     * @param place counted from 0
     * @throws IllegalArgumentException if there is none
     */
    String letterAt(int place) {
        if (place < 0 || place >= texts.size()) {
            throw new IllegalArgumentException("should count the " + texts.size() + " options from 0 but is " + place);
        }
        return String.valueOf(letter(place));
    }

    static char letter(int option) {
        return (char) ('A' + option);
    }
}
