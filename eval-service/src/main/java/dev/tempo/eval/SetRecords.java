package dev.tempo.eval;

import dev.tempo.contract.TrajectoryId;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.kept.Form;
import dev.tempo.kept.KeptRows;
import dev.tempo.kept.KeptValues;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.RandomAccess;
import java.util.function.BiConsumer;

/**
 * One benchmark set's records, one for each sample of each question, in whatever order they come and however often. The first of an
 * id counts. Not thread-safe.
 *
 * @param <T> a record
 */
final class SetRecords<T> {
    private final KeptRows<LabeledQuestion> questions;
    private final int samples;
    private final KeptValues<T> records;
    private final BitSet there = new BitSet();
    private final int awaited;
    private int missing;

    SetRecords(KeptRows<LabeledQuestion> questions, int samples, Form<T> form) {
        if ((long) questions.size() * samples > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    questions.size() + " questions with " + samples + " samples of each are more than can be measured");
        }
        this.questions = questions;
        this.samples = samples;
        awaited = questions.size() * samples;
        missing = awaited;
        records = new KeptValues<>(form, awaited);
    }

    /** Whether the record is news: of this set, and the first of its id. */
    boolean add(TrajectoryId id, T record) {
        OptionalInt place = place(id);
        if (place.isEmpty() || there.get(place.getAsInt())) {
            return false;
        }
        records.set(place.getAsInt(), record);
        there.set(place.getAsInt());
        missing--;
        return true;
    }

    boolean has(TrajectoryId id) {
        OptionalInt place = place(id);
        return place.isPresent() && there.get(place.getAsInt());
    }

    private OptionalInt place(TrajectoryId id) {
        OptionalInt position = questions.position(id.request().question());
        return position.isEmpty() || id.sample() >= samples
                ? OptionalInt.empty()
                : OptionalInt.of(position.getAsInt() * samples + id.sample());
    }

    /** Whether a record of a question of this set is missing. */
    boolean lacks(String question) {
        OptionalInt position = questions.position(question);
        if (position.isEmpty()) {
            return false;
        }
        int first = position.getAsInt() * samples;
        return there.nextClearBit(first) < first + samples;
    }

    int missing() {
        return missing;
    }

    boolean isClosed() {
        return missing == 0;
    }

    /** The first of the missing ids in the order of the file, as {@code question/sample}. */
    List<String> firstMissing(int most) {
        List<String> first = new ArrayList<>();
        for (int at = there.nextClearBit(0); at < awaited && first.size() < most; at = there.nextClearBit(at + 1)) {
            first.add(questions.get(at / samples).question().id() + "/" + at % samples);
        }
        return first;
    }

    /**
     * All records, sorted by question and sample. They are read when they are asked for.
     *
     * @throws IllegalStateException if one is missing
     */
    Sorted all() {
        if (!isClosed()) {
            throw new IllegalStateException(missing + " of " + awaited + " records are missing");
        }
        return new Sorted(questions.positionsById());
    }

    /**
     * Hands over every question with its records, in the order of the questions' ids.
     *
     * @throws IllegalStateException if one is missing
     */
    void forEachQuestion(BiConsumer<String, List<T>> consumer) {
        Sorted all = all();
        for (int at = 0; at < all.positions.length; at++) {
            consumer.accept(
                    questions.get(all.positions[at]).question().id(),
                    List.copyOf(all.subList(at * samples, (at + 1) * samples)));
        }
    }

    /** The records by question and sample. */
    final class Sorted extends AbstractList<T> implements RandomAccess {
        private final int[] positions;

        Sorted(int[] positions) {
            this.positions = positions;
        }

        @Override
        public T get(int index) {
            return Objects.requireNonNull(records.get(positions[index / samples] * samples + index % samples));
        }

        @Override
        public int size() {
            return positions.length * samples;
        }
    }
}
