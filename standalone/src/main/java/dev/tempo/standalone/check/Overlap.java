package dev.tempo.standalone.check;

import dev.tempo.datasets.Question;
import dev.tempo.datasets.QuestionText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds evaluation questions among training questions: exactly (as {@link QuestionText} compares), or nearly
 * (all but one word, number or symbol the same).
 */
final class Overlap {
    private static final Pattern TOKEN = Pattern.compile("\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}\\s]");

    private final Map<String, Question> exact = new HashMap<>();
    private final Set<String> nearly = new HashSet<>();

    Overlap(List<Question> training) {
        for (Question question : training) {
            exact.putIfAbsent(QuestionText.normalised(question.text()), question);
            nearly.addAll(gaps(question.text()));
        }
    }

    /** The training question with the same normalised text. */
    Optional<Question> exactly(Question question) {
        return Optional.ofNullable(exact.get(QuestionText.normalised(question.text())));
    }

    /** Whether a training question differs in one token only. */
    boolean nearly(Question question) {
        return gaps(question.text()).stream().anyMatch(nearly::contains);
    }

    /** The text with each of its tokens left out in turn. */
    private static List<String> gaps(String text) {
        String normalised = QuestionText.normalised(text);
        List<String> gaps = new ArrayList<>();
        Matcher token = TOKEN.matcher(normalised);
        while (token.find()) {
            gaps.add(normalised.substring(0, token.start()) + "\u0000" + normalised.substring(token.end()));
        }
        return gaps;
    }
}
