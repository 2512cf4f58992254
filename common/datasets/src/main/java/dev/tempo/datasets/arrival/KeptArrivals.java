package dev.tempo.datasets.arrival;

import dev.tempo.contract.recipe.ArrivalSettings;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The questions that have arrived and are kept, by their ids: of each id what came last, of all of them those that came last, at most
 * {@value ArrivalSettings#MOST_KEPT} with at most {@value #MOST_CHARACTERS} characters together. Who draws them and who asks them keep by
 * the same rule. Not thread-safe.
 *
 * @param <V> what is kept of a question
 */
public final class KeptArrivals<V> {
    /** Most characters of all questions that are kept. */
    public static final long MOST_CHARACTERS = 32L << 20;

    private final int most;
    private final long mostCharacters;
    private final Map<String, Held<V>> byId = new LinkedHashMap<>();
    private long characters;

    private record Held<V>(int characters, V content) {}

    /** None yet. */
    public KeptArrivals() {
        this(ArrivalSettings.MOST_KEPT, MOST_CHARACTERS);
    }

    KeptArrivals(int most, long mostCharacters) {
        this.most = most;
        this.mostCharacters = mostCharacters;
    }

    /**
     * A question has arrived: it takes the place of what came under its id before, and the oldest go where there are too many.
     *
     * @param length of its text, in characters
     */
    public void put(String id, int length, V content) {
        remove(id);
        byId.put(id, new Held<>(length, content));
        characters += length;
        Iterator<Held<V>> oldest = byId.values().iterator();
        while (byId.size() > most || characters > mostCharacters) {
            characters -= oldest.next().characters();
            oldest.remove();
        }
    }

    /** A question was deleted. */
    public void remove(String id) {
        Held<V> before = byId.remove(id);
        characters -= before == null ? 0 : before.characters();
    }

    /** What is kept of a question; empty where it was deleted, has gone or never came. */
    public Optional<V> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(Held::content);
    }

    /** All that is kept, what came first first. */
    public Collection<V> all() {
        return byId.values().stream().map(Held::content).toList();
    }

    /** Forgets everything. */
    public void clear() {
        byId.clear();
        characters = 0;
    }
}
