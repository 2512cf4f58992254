package dev.tempo.policy.http;

import dev.tempo.contract.ArrivingQuestion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The way from a request onto the topic. Nobody waits here for long: while the broker is away a request is told to come again, and so is one
 * that comes while {@value #MOST_AT_ONCE} others are being written, since each holds its text and a thread. Thread-safe.
 */
public final class QuestionIntake {
    static final int MOST_AT_ONCE = 16;

    private final BooleanSupplier ready;
    private final Predicate<List<ArrivingQuestion>> topic;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /**
     * @param ready whether the broker was ever reached
     * @param topic writes what it gets; false if the broker has not acknowledged all some seconds later
     */
    public QuestionIntake(BooleanSupplier ready, Predicate<List<ArrivingQuestion>> topic) {
        this.ready = ready;
        this.topic = topic;
    }

    /**
     * Takes questions that have yet to be looked at: that is done in one of the places, too, and not while the broker is away.
     *
     * @param questions to be written; where these are none nothing is
     */
    Optional<String> take(Supplier<List<ArrivingQuestion>> questions) {
        if (!ready.getAsBoolean()) {
            return Optional.of("the broker is not in reach yet");
        }
        if (!places.tryAcquire()) {
            return Optional.of("too many requests are being written at once");
        }
        try {
            List<ArrivingQuestion> wanted = questions.get();
            return wanted.isEmpty() || topic.test(wanted)
                    ? Optional.empty()
                    : Optional.of(
                            "the broker has not acknowledged all; what is sent again under its id is not there twice");
        } finally {
            places.release();
        }
    }

    /** Takes questions or deletions; why it cannot at present, in words, or empty when the broker has acknowledged all. */
    Optional<String> take(List<ArrivingQuestion> questions) {
        return take(() -> questions);
    }
}
