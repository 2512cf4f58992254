package dev.tempo.datasets.published;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The options of a multiple-choice question, listed as {@code (A) …}, which judges recognise. */
record Options(List<String> texts) {
    private static final int MOST = 26;
    private static final Pattern LABEL = Pattern.compile("^\\s*(?:[(（][A-Z][)）]|[A-Z]\\s*[.．、:：)）])\\s*");

    Options {
        if (texts.size() < 2 || texts.size() > MOST) {
            throw new IllegalArgumentException("should be 2 to " + MOST + " options but are " + texts.size());
        }
        texts = List.copyOf(texts);
    }

    /** Takes off the labels that options come with: {@code (A)}, {@code A.}, or {@code A} before every one. */
    static Options labelled(List<String> written) {
        boolean bare = true;
        for (int i = 0; i < written.size(); i++) {
            bare &= written.get(i).strip().startsWith(letter(i) + " ");
        }
        boolean letters = bare;
        return new Options(written.stream()
                .map(option -> letters
                        ? option.strip().substring(2)
                        : LABEL.matcher(option).replaceFirst(""))
                .map(String::strip)
                .toList());
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
        TreeSet<Character> letters = new TreeSet<>();
        text.chars().filter(Character::isLetter).forEach(letter -> letters.add((char) letter));
        if (letters.isEmpty() || letters.last() > letter(texts.size() - 1) || letters.first() < 'A') {
            throw new IllegalArgumentException(
                    "should name options A to " + letter(texts.size() - 1) + " but is " + text);
        }
        StringBuilder sorted = new StringBuilder();
        letters.forEach(sorted::append);
        return sorted.toString();
    }

    static char letter(int option) {
        return (char) ('A' + option);
    }
}
