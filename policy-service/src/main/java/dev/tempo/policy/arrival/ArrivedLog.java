package dev.tempo.policy.arrival;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What has been read of the topic of arriving questions: the last record of each id, in the order of offsets. One thread owns it. */
public final class ArrivedLog {
    private final TreeMap<Long, Arrival> byOffset = new TreeMap<>();
    private final Map<String, Arrival> byId = new HashMap<>();
    private String log = "";
    private long end;
    private boolean caughtUp;

    /** A topic is read from its beginning; what was read of another one is forgotten. */
    public void readsFrom(String id) {
        if (!id.equals(log)) {
            log = id;
            byOffset.clear();
            byId.clear();
            end = 0;
        }
    }

    /** The next record of the topic; one that was read before changes nothing. */
    public void add(Arrival arrival) {
        if (arrival.offset() < end) {
            return;
        }
        end = arrival.offset() + 1;
        Arrival before = byId.get(arrival.id());
        Arrival last = arrival;
        if (before != null) {
            boolean again = arrival.hash() != null && arrival.hash().equals(before.hash());
            last = again ? arrival.comingFor(before.times() + 1) : arrival;
            byOffset.remove(before.offset());
        }
        byId.put(last.id(), last);
        byOffset.put(last.offset(), last);
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

    Collection<Arrival> from(long offset) {
        return byOffset.tailMap(offset, true).values();
    }
}
