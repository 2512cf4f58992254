package dev.tempo.algorithm.rounds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects one round's records until there is exactly one of every id, whatever their order and however often each is
 * delivered. Not thread-safe: one thread owns it.
 *
 * @param <T> what is collected, a value, failure or UNDECIDED alike
 */
public final class BatchAssembler<T> {
    /** What became of a record that was offered. */
    public enum Acceptance {
        /** It is part of the batch. */
        NEW,
        /** Its id was there already; the first record stays. */
        DUPLICATE,
        /** The round awaits no such id: the question or the sample number is not part of it. */
        UNEXPECTED
    }

    private final Optional<Set<String>> knownQuestions;
    private final int questions;
    private final int samples;
    private final TreeMap<SampleId, T> records = new TreeMap<>();
    private final Map<String, Integer> countByQuestion = new HashMap<>();

    private BatchAssembler(Optional<Set<String>> knownQuestions, int questions, int samples) {
        if (questions < 1 || samples < 1) {
            throw new IllegalArgumentException("a batch needs at least 1 question and 1 sample of each, but got "
                    + questions + " questions and " + samples + " samples");
        }
        this.knownQuestions = knownQuestions;
        this.questions = questions;
        this.samples = samples;
    }

    /** Awaits samples 0 to {@code samples - 1} of each of these questions. */
    public static <T> BatchAssembler<T> of(Collection<String> questions, int samples) {
        Set<String> distinct = new TreeSet<>(questions);
        if (distinct.size() != questions.size()) {
            throw new IllegalArgumentException("the questions of a batch must differ, but of " + questions.size()
                    + " only " + distinct.size() + " do: " + questions);
        }
        return new BatchAssembler<>(Optional.of(distinct), distinct.size(), samples);
    }

    /**
     * Awaits samples 0 to {@code samples - 1} of as many questions, whichever come: for a service that knows how many
     * were drawn but not which.
     */
    public static <T> BatchAssembler<T> ofAny(int questions, int samples) {
        return new BatchAssembler<>(Optional.empty(), questions, samples);
    }

    /** Offers a record. */
    public Acceptance add(String question, int sample, T item) {
        return add(new SampleId(question, sample), item);
    }

    /** Offers a record. */
    Acceptance add(SampleId id, T item) {
        if (!awaits(id)) {
            return Acceptance.UNEXPECTED;
        }
        if (records.containsKey(id)) {
            return Acceptance.DUPLICATE;
        }
        records.put(id, item);
        countByQuestion.merge(id.question(), 1, Integer::sum);
        return Acceptance.NEW;
    }

    /** Whether every id has its record. */
    public boolean isClosed() {
        return records.size() == questions * samples;
    }

    /** How many records are here. */
    public int size() {
        return records.size();
    }

    /** How many records are still awaited. */
    public int missing() {
        return questions * samples - records.size();
    }

    /** The ids still awaited, sorted; of questions not heard of yet only where they are known. */
    List<SampleId> missingIds() {
        List<SampleId> missing = new ArrayList<>();
        for (String question : knownQuestions.orElseGet(() -> new TreeSet<>(countByQuestion.keySet()))) {
            for (int sample = 0; sample < samples; sample++) {
                SampleId id = new SampleId(question, sample);
                if (!records.containsKey(id)) {
                    missing.add(id);
                }
            }
        }
        return missing;
    }

    /**
     * All records, sorted by id.
     *
     * @throws IllegalStateException if one is missing
     */
    public List<T> batch() {
        if (!isClosed()) {
            throw new IllegalStateException(
                    "the batch is not closed: " + missing() + " of " + questions * samples + " records are missing");
        }
        return List.copyOf(records.values());
    }

    private boolean awaits(SampleId id) {
        if (id.sample() >= samples) {
            return false;
        }
        return knownQuestions
                .map(known -> known.contains(id.question()))
                .orElseGet(() -> countByQuestion.containsKey(id.question()) || countByQuestion.size() < questions);
    }
}
