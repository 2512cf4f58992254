package dev.tempo.eval;

import dev.tempo.contract.Awaited;
import dev.tempo.datasets.DataFileException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one run that could not be read or written, tried again after pauses that double: a full disk, or a data file that somebody
 * edits, is no reason to forget a measurement, nor to end those of other runs. Not thread-safe.
 */
final class PostponedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PostponedFiles.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    private final Map<String, Postponed> byPurpose = new TreeMap<>();

    private record Postponed(String words, Instant since, int attempts, Instant again) {}

    /**
     * Runs what reads or writes files.
     *
     * @param purpose what that is for, in words
     * @return whether it succeeded; where not, it is to be done again once it is {@linkplain #isDue due}
     */
    boolean attempt(String run, String purpose, Instant now, Runnable work) {
        try {
            work.run();
            byPurpose.remove(purpose);
            return true;
        } catch (UncheckedIOException | DataFileException unusable) {
            String words = words(unusable);
            Postponed before = byPurpose.get(purpose);
            int attempts = before == null ? 1 : before.attempts() + 1;
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
            byPurpose.put(
                    purpose, new Postponed(words, before == null ? now : before.since(), attempts, now.plus(pause)));
            if (before == null || !before.words().equals(words)) {
                LOG.atError()
                        .addKeyValue("run", run)
                        .addKeyValue("reason", words)
                        .log("a file of the run cannot be used; it is tried again");
            }
            return false;
        }
    }

    /** What is wrong with a file, in words. */
    static String words(RuntimeException unusable) {
        return unusable.getMessage() + (unusable instanceof DataFileException ? "" : " (" + unusable.getCause() + ")");
    }

    /** Whether something is to be done again that has failed. */
    boolean isDue(Instant now) {
        return byPurpose.values().stream()
                .anyMatch(postponed -> !postponed.again().isAfter(now));
    }

    /** Whether this has failed and it is too early to do it again. */
    boolean isPostponed(String purpose, Instant now) {
        Postponed postponed = byPurpose.get(purpose);
        return postponed != null && postponed.again().isAfter(now);
    }

    void clear() {
        byPurpose.clear();
    }

    /** What failed, in words; null where nothing has. */
    @Nullable
    String words() {
        List<String> all = new ArrayList<>();
        byPurpose.forEach((purpose, postponed) ->
                all.add(purpose + " waits: " + postponed.words() + "; free some space or mend the file"));
        return all.isEmpty() ? null : String.join("; ", all);
    }

    List<Awaited> awaited(String run) {
        List<Awaited> awaited = new ArrayList<>();
        byPurpose.forEach((purpose, postponed) -> awaited.add(new Awaited(
                run,
                purpose + " waits for a file: " + postponed.words(),
                "its operator",
                postponed.since(),
                List.of())));
        return awaited;
    }
}
