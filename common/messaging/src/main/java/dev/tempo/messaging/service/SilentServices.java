package dev.tempo.messaging.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The services that do not answer, told by looks at them: one that did answer is silent from the third look in a row that it
 * leaves unanswered, since one alone may be a pause of its garbage collector. Not thread-safe.
 */
public final class SilentServices {
    private static final int LOOKS = 3;

    private final int looksAtStarting;
    private final Set<String> met = new HashSet<>();
    private final Map<String, Silence> silences = new HashMap<>();

    private record Silence(int looks, Instant since) {}

    /** @param looksAtStarting how many looks a service may leave unanswered that has never answered yet: it is starting */
    public SilentServices(int looksAtStarting) {
        this.looksAtStarting = looksAtStarting;
    }

    /** One look at all services of which these did not answer. */
    public void look(Collection<String> unanswered, Instant now) {
        for (String service : Wait.ROAD) {
            if (!unanswered.contains(service)) {
                met.add(service);
                silences.remove(service);
            } else {
                silences.merge(
                        service,
                        new Silence(1, now),
                        (before, first) -> new Silence(before.looks() + 1, before.since()));
            }
        }
    }

    /** The silent ones in the order of a round's road, and since when each is. */
    public Map<String, Instant> since() {
        Map<String, Instant> since = new LinkedHashMap<>();
        for (String service : Wait.ROAD) {
            Silence silence = silences.get(service);
            if (silence != null && silence.looks() >= (met.contains(service) ? LOOKS : looksAtStarting)) {
                since.put(service, silence.since());
            }
        }
        return since;
    }

    /** Who does not answer, and for how long the first of them; empty while all do. */
    public String words(Instant now) {
        Map<String, Instant> since = since();
        if (since.isEmpty()) {
            return "";
        }
        List<String> names = List.copyOf(since.keySet());
        long seconds = Duration.between(since.values().iterator().next(), now).toSeconds();
        return String.join(", ", names) + (names.size() == 1 ? " does" : " do") + " not answer, for " + seconds + " s";
    }
}
