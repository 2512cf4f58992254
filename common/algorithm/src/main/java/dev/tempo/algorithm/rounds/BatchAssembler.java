package dev.tempo.algorithm.rounds;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An assembler of one round's batch: it collects records until there is exactly one of every id, whatever their order and
 * however often each is delivered. Not thread-safe: one thread owns it.
 *
 * @param <T> the type of a record; values, failures and undecided verdicts are collected alike
 */
public final class BatchAssembler<T> {
    /** The fate of a record that was offered. */
    public enum Acceptance {
        /** A record that is now part of the batch. */
        NEW,
        /** A record whose id was there already; the first one stays. */
        DUPLICATE,
        /** A record whose question or sample number is not part of the round. */
        UNEXPECTED
    }

    private final Optional<Set<String>> knownQuestions;
    private final int questions;
    private final int samples;
    private final TreeMap<SampleId, T> records = new TreeMap<>();
    private final TreeMap<String, Integer> countByQuestion = new TreeMap<>();
    private int completeQuestions;

    private BatchAssembler(Optional<Set<String>> knownQuestions, int questions, int samples) {
        if (questions < 1 || samples < 1) {
            throw new IllegalArgumentException("a batch needs at least 1 question and 1 sample of each, but got "
                    + questions + " questions and " + samples + " samples");
        }
        if ((long) questions * samples > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    questions + " questions with " + samples + " samples of each are more than a batch can hold");
        }
        this.knownQuestions = knownQuestions;
        this.questions = questions;
        this.samples = samples;
    }

    /**
     * An assembler that awaits samples 0 to {@code samples - 1} of each of some questions.
     *
     * @param questions their ids
     */
    public static <T> BatchAssembler<T> of(Collection<String> questions, int samples) {
        Set<String> distinct = new TreeSet<>(questions);
        if (distinct.size() != questions.size()) {
            throw new IllegalArgumentException("the questions of a batch must differ, but of " + questions.size()
                    + " only " + distinct.size() + " do: " + questions);
        }
        return new BatchAssembler<>(Optional.of(distinct), distinct.size(), samples);
    }

    /**
     * An assembler that awaits samples 0 to {@code samples - 1} of a number of questions, whichever are complete first: for a
     * service that knows how many questions were drawn but not, or not yet, which. A record of a question that was not drawn takes nothing
     * away; it is left out of the batch.
     *
     * @param questions how many there are
     */
    public static <T> BatchAssembler<T> ofAny(int questions, int samples) {
        return new BatchAssembler<>(Optional.empty(), questions, samples);
    }

    /** The same samples of some questions alone, with those of their records that are here. */
    public BatchAssembler<T> of(Collection<String> questionsDrawn) {
        BatchAssembler<T> drawn = of(questionsDrawn, samples);
        records.forEach(drawn::add);
        return drawn;
    }

    /** Offers a record by question and sample number. */
    public Acceptance add(String question, int sample, T item) {
        return add(new SampleId(question, sample), item);
    }

    /** Offers a record by its id. */
    Acceptance add(SampleId id, T item) {
        if (!awaits(id)) {
            return Acceptance.UNEXPECTED;
        }
        if (records.containsKey(id)) {
            return Acceptance.DUPLICATE;
        }
        records.put(id, item);
        if (countByQuestion.merge(id.question(), 1, Integer::sum) == samples) {
            completeQuestions++;
        }
        return Acceptance.NEW;
    }

    /** Whether there is a record for every id. */
    public boolean isClosed() {
        return completeQuestions >= questions;
    }

    /** The number of records collected. */
    public int size() {
        return records.size();
    }

    /** The number of records still awaited, at least; records of questions that were not drawn count as if they had been. */
    public int missing() {
        return isClosed() ? 0 : Math.max(1, questions * samples - records.size());
    }

    /**
     * The ids still awaited, sorted. If only the number of questions is known, ids of questions from which no record has
     * come are missing.
     */
    List<SampleId> missingIds() {
        return awaited().toList();
    }

    /** Looked for one by one: after each record of a large batch somebody asks for the first few. */
    private Stream<SampleId> awaited() {
        return knownQuestions.orElseGet(countByQuestion::keySet).stream()
                .filter(question -> countByQuestion.getOrDefault(question, 0) < samples)
                .flatMap(question -> IntStream.range(0, samples).mapToObj(sample -> new SampleId(question, sample)))
                .filter(id -> !records.containsKey(id));
    }

    /** The first of the ids still awaited, as {@code question/sample}. */
    public List<String> firstMissing(int most) {
        return awaited()
                .limit(most)
                .map(id -> id.question() + "/" + id.sample())
                .toList();
    }

    /**
     * The records of the complete questions, sorted by id.
     *
     * @throws IllegalStateException if a record is missing
     */
    public List<T> batch() {
        if (!isClosed()) {
            throw new IllegalStateException(
                    "the batch is not closed: " + missing() + " of " + questions * samples + " records are missing");
        }
        return records.entrySet().stream()
                .filter(entry -> countByQuestion.getOrDefault(entry.getKey().question(), 0) == samples)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The questions of which not every record is there: of a closed batch those that were not drawn. */
    public Set<String> incompleteQuestions() {
        return countByQuestion.entrySet().stream()
                .filter(question -> question.getValue() < samples)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean awaits(SampleId id) {
        if (id.sample() >= samples) {
            return false;
        }
        if (isClosed()) {
            return records.containsKey(id);
        }
        return knownQuestions.map(known -> known.contains(id.question())).orElse(true);
    }
}
