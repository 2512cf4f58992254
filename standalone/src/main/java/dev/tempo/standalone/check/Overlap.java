package dev.tempo.standalone.check;

import dev.tempo.datasets.Question;
import dev.tempo.datasets.comparison.QuestionKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The search for questions among others: the same ones (as {@link QuestionKey} compares), or nearly the same ones (all
 * but one word, number or sign).
 */
final class Overlap {
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long BEHIND = 0xC2B2AE3D27D4EB4FL;

    private final Map<String, Question> same = new HashMap<>();
    /** The sorted hashes of nearly equal forms; numbers, because data sets have millions of tokens. */
    private final long[] nearly;

    Overlap(List<Question> questions) {
        for (Question question : questions) {
            same.putIfAbsent(QuestionKey.of(question.text()), question);
        }
        nearly = questions.stream()
                .flatMapToLong(question -> gaps(question.text()))
                .sorted()
                .toArray();
    }

    /** The question that is the same, where there is one. */
    Optional<Question> exactly(Question question) {
        return Optional.ofNullable(same.get(QuestionKey.of(question.text())));
    }

    /** Whether a question differs in one token only. */
    boolean nearly(Question question) {
        return gaps(question.text()).anyMatch(gap -> Arrays.binarySearch(nearly, gap) >= 0);
    }

    /** Hashes of the text with each of its tokens left out in turn: of what is before the token and what is behind it. */
    private static LongStream gaps(String text) {
        List<String> tokens = QuestionKey.tokens(text);
        int length = tokens.size();
        long[] before = new long[length + 1];
        long[] behind = new long[length + 1];
        for (int at = 0; at < length; at++) {
            before[at + 1] = (before[at] + tokens.get(at).hashCode() + 1) * BASE;
            int back = length - 1 - at;
            behind[back] = (behind[back + 1] + tokens.get(back).hashCode() + 1) * BASE;
        }
        LongStream.Builder gaps = LongStream.builder();
        for (int at = 0; at < length; at++) {
            gaps.add(Long.rotateLeft(before[at] * BEHIND, 29) + behind[at + 1]);
        }
        return gaps.build();
    }
}
