package dev.tempo.judge;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.kept.KeptMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reference answers of the runs that are not finished. Thread-safe.
 *
 * <p>All answers of a run's set are acknowledged by the broker before the first request of its purpose is written. A trajectory
 * that is here was therefore asked for only if its answer is among what the answers' topic held when it came; that this much has
 * been read is a fact of the log, not of a clock.
 */
public final class Answers {
    private final Map<Part, KeptMap<Answer>> parts = new ConcurrentHashMap<>();
    private final Map<Boolean, Supplier<BooleanSupplier>> readers = new ConcurrentHashMap<>();
    private final Map<Unanswered, BooleanSupplier> looks = new ConcurrentHashMap<>();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    private record Part(String run, boolean evaluation) {}

    private record Unanswered(Part part, String question) {}

    /**
     * Names the reader of a topic of answers.
     *
     * @param evaluation whether it is that of benchmark questions
     * @param looks each supplied question says whether the reader has come to where the topic ended when it was asked
     */
    public void readBy(boolean evaluation, Supplier<BooleanSupplier> looks) {
        readers.put(evaluation, looks);
    }

    public void on(Answer answer) {
        parts.computeIfAbsent(
                        new Part(answer.run(), answer.purpose() == Purpose.EVALUATION),
                        first -> new KeptMap<>(new KeptAnswerForm()))
                .put(answer.question(), answer);
    }

    /** The answer to a question that was asked for a labeled purpose or an evaluation; null while it is not here. */
    @Nullable
    Answer to(RequestId request) {
        KeptMap<Answer> part = parts.get(part(request));
        return part == null ? null : part.get(request.question());
    }

    /**
     * Whether the question of a trajectory that is here has no answer and will not get one: others of its set have theirs, and all
     * that was written before this was first asked has been read.
     */
    boolean lack(RequestId request) {
        Supplier<BooleanSupplier> reader = readers.get(request.purpose() == Purpose.EVALUATION);
        Part part = part(request);
        if (reader == null || to(request) != null || !parts.containsKey(part) || forgotten.contains(request.run())) {
            return false;
        }
        Unanswered missing = new Unanswered(part, request.question());
        if (!looks.computeIfAbsent(missing, first -> reader.get()).getAsBoolean()) {
            return false;
        }
        looks.remove(missing);
        return to(request) == null;
    }

    public void forget(String run) {
        forgotten.add(run);
        parts.keySet().removeIf(part -> part.run().equals(run));
        looks.keySet().removeIf(missing -> missing.part().run().equals(run));
    }

    private static Part part(RequestId request) {
        return new Part(request.run(), request.purpose() == Purpose.EVALUATION);
    }
}
