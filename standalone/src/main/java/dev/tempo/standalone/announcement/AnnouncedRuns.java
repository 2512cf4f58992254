package dev.tempo.standalone.announcement;

import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.FullSubscription;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs as they are announced, and the one place where an announcement is changed. A record holds all that is wanted of a run, and
 * several processes write it: a change is made to the last record, written, and looked for once it is written. Whoever finds that it has
 * written over a record that it had not read writes once more, with what that one said; so does whoever misses its own change.
 */
public final class AnnouncedRuns implements AutoCloseable {
    private static final int ATTEMPTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 10;

    private final Publisher publisher;
    private final BooleanSupplier goesOn;
    private final FullSubscription<Run> reader;
    private final Map<String, List<Received<Run>>> records = new HashMap<>();

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
    public AnnouncedRuns(Publisher publisher, Subscriptions subscriptions, BooleanSupplier goesOn) {
        this.publisher = publisher;
        this.goesOn = goesOn;
        reader = subscriptions.everythingWithPlace(Topics.RUNS, log -> {}, this::read, () -> {});
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
        List<Received<Run>> read = readAll(run);
        Run wanted = change.of(last(read));
        for (int attempt = 0; attempt < ATTEMPTS && !isSame(wanted, last(read)); attempt++) {
            long written = publisher.publishWithOffset(Topics.RUNS, wanted);
            int known = read.size();
            read = readAll(run);
            wanted = change.of(withWhatWasOverwritten(known, written, read));
        }
        if (!isSame(wanted, last(read))) {
            throw new UserException("what is wanted of run " + run
                    + " is changed by others at the same time, again and again; see ./tempo status " + run
                    + " and say it once more");
        }
        return wanted;
    }

    /**
     * The last announcement, with the changes that were announced after what the written one was made of, and before it. Its place alone
     * tells it from another one's that says the same.
     *
     * @param known the number of announcements that it was made of
     */
    private static @Nullable Run withWhatWasOverwritten(int known, long written, List<Received<Run>> now) {
        Run before = last(now.subList(0, known));
        Run result = last(now);
        for (Received<Run> other : now.subList(known, now.size())) {
            if (other.offset() >= written) {
                break;
            }
            if (before != null && result != null) {
                result = carried(before, other.message(), result);
            }
            before = other.message();
        }
        return result;
    }

    private static Run carried(Run from, Run to, Run onto) {
        Run result = onto;
        if (to.state() != from.state() && !onto.state().isOver()) {
            result = result.withState(to.state());
        }
        if (to.finishes()) {
            result = result.thatFinishes();
        }
        PromotionWish wish = to.promotion();
        return wish == null || wish.equals(from.promotion()) ? result : result.withPromotion(wish);
    }

    /** Whether two announcements say the same on the topic: one that has been read need not equal one that was made. */
    private static boolean isSame(Run one, @Nullable Run other) {
        return other != null && Arrays.equals(Wire.write(one), Wire.write(other));
    }

    private static @Nullable Run last(List<Received<Run>> read) {
        return read.isEmpty() ? null : read.get(read.size() - 1).message();
    }

    private synchronized void read(Received<Run> run) {
        records.computeIfAbsent(run.message().run(), first -> new ArrayList<>()).add(run);
    }

    /** The announcements of a run, all that were acknowledged before this call among them. */
    private List<Received<Run>> readAll(String run) {
        BooleanSupplier done = reader.readToPresentEnd();
        Instant deadline = Instant.now().plus(PATIENCE);
        try {
            while (!done.getAsBoolean()) {
                if (!goesOn.getAsBoolean()) {
                    throw new UserException("stopped before it was known what is wanted of run " + run);
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new UserException("topic runs could not be read within " + PATIENCE.toMinutes()
                            + " minutes; is the broker well?");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while reading topic runs");
        }
        synchronized (this) {
            return List.copyOf(records.getOrDefault(run, List.of()));
        }
    }

    @Override
    public void close() {
        reader.stop();
    }
}
