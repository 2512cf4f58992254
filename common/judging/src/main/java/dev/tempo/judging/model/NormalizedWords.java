package dev.tempo.judging.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a text: lower case, compatibility forms unified, everything but letters, digits and marks left out. */
record NormalizedWords(List<String> list) {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    /** The words around a restated question that add nothing to it. */
    private static final Set<String> FILLERS = Set.copyOf(List.of(
            ("the question is asks asking asked us we i need needs have to want wants find determine answer problem task here"
                            + " given following so solve let lets s me restate repeat it this that of for in a an and what")
                    .split(" ")));

    private static final int SHORTEST_RESTATED = 4;
    private static final double RESTATED_SHARE = .7;
    private static final int LONGEST_LABEL = 6;

    static NormalizedWords of(String text) {
        String unified = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN.split(unified)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return new NormalizedWords(List.copyOf(words));
    }

    /** The words without articles and without those that only repeat the one before. */
    NormalizedWords essential() {
        List<String> kept = new ArrayList<>();
        for (String word : list) {
            if (!ARTICLES.contains(word)
                    && (kept.isEmpty() || !kept.get(kept.size() - 1).equals(word))) {
                kept.add(word);
            }
        }
        return new NormalizedWords(kept);
    }

    String joined() {
        return String.join(" ", list);
    }

    /** Whether these words, a reference, are a short name without numbers in which the words of an answer occur. */
    boolean isLabelThatNames(NormalizedWords answer) {
        String wanted = " " + essential().joined() + " ";
        String given = answer.essential().joined();
        return list.size() <= LONGEST_LABEL
                && !given.isEmpty()
                && wanted.contains(" " + given + " ")
                && wanted.chars().noneMatch(Character::isDigit);
    }

    /** Whether these words, an answer, are the question again or most of it, and nothing else. */
    boolean restate(NormalizedWords question) {
        if (list.size() < SHORTEST_RESTATED || question.list.size() < SHORTEST_RESTATED) {
            return false;
        }
        String asked = " " + question.joined() + " ";
        String said = " " + joined() + " ";
        if (said.contains(asked)) {
            String rest = said.replace(asked, " ");
            return NormalizedWords.of(rest).list.stream().allMatch(FILLERS::contains);
        }
        return asked.contains(said) && list.size() >= RESTATED_SHARE * question.list.size();
    }
}
