package dev.tempo.policy.arrival;

import dev.tempo.datasets.arrival.KeptArrivals;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of the topic of arriving questions, in the order of offsets: of each id the last record, if that is a question and among
 * those that are kept. One thread owns it.
 */
public final class ArrivedLog {
    private final KeptArrivals<Arrival> kept = new KeptArrivals<>();
    private String log = "";
    private long end;
    private boolean caughtUp;

    /** A topic is read from its beginning; what was read of another one is forgotten. */
    public void readsFrom(String id) {
        if (!id.equals(log)) {
            log = id;
            kept.clear();
            end = 0;
        }
    }

    /** The next record of the topic; one that was read before changes nothing. */
    public void add(Arrival arrival) {
        if (arrival.offset() < end) {
            return;
        }
        end = arrival.offset() + 1;
        Arrival.Asked asked = arrival.asked();
        if (asked == null) {
            kept.remove(arrival.id());
            return;
        }
        int times = kept.find(arrival.id())
                .filter(before -> isSame(before.asked(), asked))
                .map(before -> before.times() + 1)
                .orElse(1);
        kept.put(arrival.id(), asked.length(), arrival.comingFor(times));
    }

    private static boolean isSame(Arrival.@Nullable Asked before, Arrival.Asked now) {
        return before != null && before.hash().equals(now.hash());
    }

    /** All that was there at the start is read. */
    public void caughtUp() {
        caughtUp = true;
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    /** The id of the topic. */
    String log() {
        return log;
    }

    /** The offset behind the last record that was read. */
    long end() {
        return end;
    }

    /** The question of an id; empty where it is gone. */
    Optional<Arrival> find(String id) {
        return kept.find(id);
    }

    /** The questions that lie at an offset or behind it. */
    Collection<Arrival> from(long offset) {
        return kept.all().stream().filter(arrival -> arrival.offset() >= offset).toList();
    }
}
