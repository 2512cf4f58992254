package dev.tempo.standalone.check;

import dev.tempo.datasets.Question;
import dev.tempo.datasets.QuestionText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Finds evaluation questions among training questions: exactly (as {@link QuestionText} compares), or nearly
 * (all but one word, number or symbol the same).
 */
final class Overlap {
    private static final Pattern TOKEN = Pattern.compile("\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}\\s]");
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long BEHIND = 0xC2B2AE3D27D4EB4FL;

    private final Map<String, Question> exact = new HashMap<>();
    /** Sorted hashes: data sets have millions of tokens. */
    private final long[] nearly;

    Overlap(List<Question> training) {
        for (Question question : training) {
            exact.putIfAbsent(QuestionText.normalised(question.text()), question);
        }
        nearly = training.stream()
                .flatMapToLong(question -> gaps(question.text()))
                .sorted()
                .toArray();
    }

    /** The training question with the same normalised text. */
    Optional<Question> exactly(Question question) {
        return Optional.ofNullable(exact.get(QuestionText.normalised(question.text())));
    }

    /** Whether a training question differs in one token only. */
    boolean nearly(Question question) {
        return gaps(question.text()).anyMatch(gap -> Arrays.binarySearch(nearly, gap) >= 0);
    }

    /** Hashes of the text with each of its tokens left out in turn: of what is before the token and what is behind it. */
    private static LongStream gaps(String text) {
        String normalised = QuestionText.normalised(text);
        int length = normalised.length();
        long[] before = new long[length + 1];
        long[] behind = new long[length + 1];
        for (int at = 0; at < length; at++) {
            before[at + 1] = before[at] * BASE + normalised.charAt(at) + 1;
            int back = length - 1 - at;
            behind[back] = behind[back + 1] * BASE + normalised.charAt(back) + 1;
        }
        LongStream.Builder gaps = LongStream.builder();
        Matcher token = TOKEN.matcher(normalised);
        while (token.find()) {
            gaps.add(Long.rotateLeft(before[token.start()] * BEHIND, 29) + behind[token.end()]);
        }
        return gaps.build();
    }
}
