package dev.tempo.standalone.check;

import dev.tempo.datasets.Question;
import dev.tempo.datasets.QuestionForm;
import dev.tempo.datasets.comparison.QuestionKey;
import dev.tempo.kept.Form;
import dev.tempo.kept.KeptRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The search for questions among others: the same ones (as {@link QuestionKey} compares), or nearly the same ones (all
 * but one word, number or sign). Memory does not grow with the others.
 */
final class Overlap {
    /** Others of which more would take gigabytes to find nearly the same ones among. */
    static final int MOST_FOR_NEARLY = KeptRows.HELD;

    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long BEHIND = 0xC2B2AE3D27D4EB4FL;

    private final KeptRows<Keyed> same;
    /** The sorted hashes of nearly equal forms; numbers, because data sets have millions of tokens. Null where they would be too many. */
    private final long @Nullable [] nearly;

    Overlap(List<Question> questions) {
        this(questions, key -> false, new BitSet());
    }

    /**
     * @param noted whether a question is to be noted, by its key
     * @param places gets those of the questions that are
     */
    Overlap(List<Question> questions, Predicate<String> noted, BitSet places) {
        KeptRows.Builder<Keyed> first = new KeptRows.Builder<>(new KeyedForm(), Keyed::key);
        int place = 0;
        for (Keyed keyed : Keyed.all(questions)) {
            first.add(keyed, place);
            places.set(place++, noted.test(keyed.key()));
        }
        same = first.build();
        nearly = questions.size() > MOST_FOR_NEARLY
                ? null
                : questions.stream()
                        .flatMapToLong(question -> gaps(question.text()))
                        .sorted()
                        .toArray();
    }

    private static final class KeyedForm implements Form<Keyed> {
        private final QuestionForm form = new QuestionForm();

        @Override
        public List<String> fields(Keyed keyed) {
            List<String> fields = new ArrayList<>(List.of(keyed.key()));
            fields.addAll(form.fields(keyed.question()));
            return fields;
        }

        @Override
        public Keyed value(List<String> fields) {
            return new Keyed(fields.get(0), form.value(fields.subList(1, fields.size())));
        }
    }

    /** The question that is the same, where there is one. */
    Optional<Question> exactly(Question question) {
        return withKey(QuestionKey.of(question.text()));
    }

    /** The question with a key, where there is one. */
    Optional<Question> withKey(String key) {
        return same.find(key).map(Keyed::question);
    }

    /** Whether {@link #nearly} looks at all. */
    boolean looksForNearly() {
        return nearly != null;
    }

    /** Whether a question differs in one token only; false where nobody looks. */
    boolean nearly(Question question) {
        long[] hashes = nearly;
        return hashes != null && gaps(question.text()).anyMatch(gap -> Arrays.binarySearch(hashes, gap) >= 0);
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
