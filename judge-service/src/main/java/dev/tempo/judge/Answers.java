package dev.tempo.judge;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The reference answers of the runs that are not finished. Thread-safe. */
public final class Answers {
    private final Map<String, Map<Key, Answer>> byRun = new ConcurrentHashMap<>();

    private record Key(boolean evaluation, String question) {}

    public void on(Answer answer) {
        byRun.computeIfAbsent(answer.run(), run -> new ConcurrentHashMap<>())
                .put(new Key(answer.purpose() == Purpose.EVALUATION, answer.question()), answer);
    }

    /** The answer to a question that was asked for a labeled purpose or an evaluation; null while it is not here. */
    @Nullable
    Answer to(RequestId request) {
        return byRun.getOrDefault(request.run(), Map.of())
                .get(new Key(request.purpose() == Purpose.EVALUATION, request.question()));
    }

    public void forget(String run) {
        byRun.remove(run);
    }
}
