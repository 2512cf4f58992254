package dev.tempo.standalone.announcement;

import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.FullSubscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.turn.Turn;
import dev.tempo.messaging.turn.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs as they are announced, and the one place where an announcement is changed. A record holds all that is wanted of a run, and
 * several processes change it: each reads the last record in a turn of its own and writes in it, so that nobody writes over what it has not
 * read (see {@link Turns}). Whose turn ends before it has written makes its change anew.
 */
public final class AnnouncedRuns implements AutoCloseable {
    private static final int ATTEMPTS = 12;
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 10;

    private final Turns turns;
    private final BooleanSupplier goesOn;
    private final FullSubscription<Run> reader;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    /** A change of what is wanted of a run; it leaves alone what it is not about, and may be asked several times. */
    @FunctionalInterface
    public interface Change {
        /** @param announced what is wanted of the run so far; null where it is not announced */
        Run of(@Nullable Run announced);
    }

    /**
     * Begins to read.
     *
     * @param goesOn whether to wait for anything still
     */
    public AnnouncedRuns(Turns turns, Subscriptions subscriptions, BooleanSupplier goesOn) {
        this.turns = turns;
        this.goesOn = goesOn;
        reader = subscriptions.everything(Topics.RUNS, run -> runs.put(run.run(), run));
        reader.start();
    }

    /**
     * A run that is announced by one who may not know what was wanted of it meanwhile.
     *
     * @param announced the last announcement; null for none
     */
    public static Run keepingWishes(Run run, @Nullable Run announced) {
        Run kept = announced != null && announced.finishes() ? run.thatFinishes() : run;
        PromotionWish wish = announced == null ? null : announced.promotion();
        return wish == null ? kept : kept.withPromotion(wish);
    }

    /**
     * Changes what is wanted of a run and returns it as it is announced then.
     *
     * @throws UserException if others keep changing it, or the broker does not answer
     */
    public Run change(String run, Change change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Run> changed = turns.begin().flatMap(turn -> change(turn, run, change));
            if (changed.isPresent()) {
                return changed.get();
            }
            long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << attempt);
            pause(ThreadLocalRandom.current().nextLong(longest), run);
        }
        throw new UserException("what is wanted of run " + run
                + " is changed by others at the same time, again and again, or the broker does not answer; see ./tempo status "
                + run + " and say it once more");
    }

    /** What is announced after this; empty where the turn ended before it was written. */
    private Optional<Run> change(Turn turn, String run, Change change) {
        try (turn) {
            Run last = announced(run);
            Run wanted = change.of(last);
            return isSame(wanted, last) || turn.write(Topics.RUNS, wanted) ? Optional.of(wanted) : Optional.empty();
        }
    }

    /** Whether two announcements say the same on the topic: one that has been read need not equal one that was made. */
    private static boolean isSame(Run one, @Nullable Run other) {
        return other != null && Arrays.equals(Wire.write(one), Wire.write(other));
    }

    /** The last announcement of a run of those that were acknowledged before this call; null for none. */
    private @Nullable Run announced(String run) {
        BooleanSupplier done = reader.readToPresentEnd();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new UserException("topic runs could not be read within " + PATIENCE.toMinutes()
                        + " minutes; is the broker well?");
            }
            pause(LOOK_MILLIS, run);
        }
        return runs.get(run);
    }

    private void pause(long millis, String run) {
        if (!goesOn.getAsBoolean()) {
            throw new UserException("stopped before it was known what is wanted of run " + run);
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while what is wanted of run " + run + " was changed");
        }
    }

    @Override
    public void close() {
        reader.stop();
    }
}
