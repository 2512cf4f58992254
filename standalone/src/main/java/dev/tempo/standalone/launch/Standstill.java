package dev.tempo.standalone.launch;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.service.RoundNames;
import dev.tempo.messaging.service.SilentServices;
import dev.tempo.messaging.service.Wait;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a run stands still, out of what the five services say: who does not answer, and what has been awaited for
 * long. Where several wait for one another the one nearest to the beginning of a round's road is named. Not thread-safe.
 */
final class Standstill {
    /** Enough for eight such requests in a round, each set apart once and failed once. */
    private static final int SUSPICIONS_IN_A_ROW = 16;

    private final Recipe recipe;
    private final Consumer<String> notices;

    /** Who has never answered is starting; how long that may take, the processes' own watch knows. */
    private final SilentServices silent = new SilentServices(Integer.MAX_VALUE);

    private @Nullable String told;
    private int mostPublished = -1;
    private double fewestOpen = Double.POSITIVE_INFINITY;
    private long mostSuspicions = -1;
    private int inARow;

    /** @param notices told each reason once, when it begins to hold */
    Standstill(Recipe recipe, Consumer<String> notices) {
        this.recipe = recipe;
        this.notices = notices;
    }

    /** The reason at this moment, in words; empty while the run moves. */
    Optional<String> look(Monitor.Health health, Instant now) {
        silent.look(health.silent().stream().map(Service::module).toList(), now);
        Optional<Wait> first = Wait.firstLong(health.waits(), health.working(), now);
        String waits = first.map(
                        wait -> wait.by() + ": " + RoundNames.in(wait.awaited().words(now), recipe))
                .orElse("");
        String words = silent.words(now);
        if (words.isEmpty()) {
            return tell(first.map(Standstill::key).orElse(null), waits);
        }
        String names = String.join(", ", silent.since().keySet());
        return tell(names, waits.isEmpty() ? words : words + "; " + waits);
    }

    /**
     * Whether the run has come further since this was asked last, which is worth every restart before it: by a version or a
     * measurement, by a question less to measure, or by a request found to take workers down. A round may ask a few of these; a worker
     * that dies of all that it is asked is not to go on through them.
     *
     * @param published versions and measurements so far
     * @param open questions that are left to measure; NaN where that is not known
     * @param deaths whether processes have died since the run came further
     * @param suspicions asks how often requests were found to take workers down, empty where the broker does not answer; asked where it
     *     matters
     */
    boolean ends(int published, double open, boolean deaths, Supplier<OptionalLong> suspicions) {
        long known = deaths || mostSuspicions < 0 ? suspicions.get().orElse(mostSuspicions) : mostSuspicions;
        boolean further = published > mostPublished || open < fewestOpen;
        boolean suspected = mostSuspicions >= 0 && known > mostSuspicions && inARow < SUSPICIONS_IN_A_ROW;
        inARow = further ? 0 : suspected ? inARow + 1 : inARow;
        mostPublished = Math.max(published, mostPublished);
        fewestOpen = Double.isNaN(open) ? fewestOpen : Math.min(open, fewestOpen);
        mostSuspicions = Math.max(known, mostSuspicions);
        return further || suspected;
    }

    /** What is the same while a wait goes on: of whom something is awaited, by whom and since when. */
    private static String key(Wait wait) {
        Awaited awaited = wait.awaited();
        return wait.by() + " " + awaited.run() + " " + awaited.from() + " " + awaited.since();
    }

    private Optional<String> tell(@Nullable String key, String words) {
        if (key != null && !key.equals(told)) {
            notices.accept(words);
        }
        told = key;
        return key == null ? Optional.empty() : Optional.of(words);
    }
}
