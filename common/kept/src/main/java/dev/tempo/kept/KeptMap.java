package dev.tempo.kept;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of names to values. More than {@value KeptRows#HELD} of them lie on disk, as {@link KeptRows} do. Thread-safe.
 *
 * @param <T> a value
 */
public final class KeptMap<T> {
    private final Form<T> form;
    private final int held;
    private final Map<String, T> memory = new ConcurrentHashMap<>();
    private volatile DiskStore.@Nullable Tree<String, T> disk;

    public KeptMap(Form<T> form) {
        this(form, KeptRows.HELD);
    }

    /** @param held values that are held in memory */
    KeptMap(Form<T> form, int held) {
        this.form = form;
        this.held = held;
    }

    /** The value of a name; null where there is none. */
    public @Nullable T get(String name) {
        // before the disk: what has moved is there when it goes from here
        T value = memory.get(name);
        DiskStore.Tree<String, T> moved = disk;
        return value != null || moved == null ? value : moved.get(name);
    }

    /** Gives a name a value in place of the one it has. */
    public synchronized void put(String name, T value) {
        DiskStore.Tree<String, T> moved = disk;
        if (moved != null) {
            moved.put(name, value);
            return;
        }
        memory.put(name, value);
        if (memory.size() > held) {
            move();
        }
    }

    private void move() {
        DiskStore store = new DiskStore();
        DiskStore.Tree<String, T> tree = store.byName("values", form);
        store.endsWith(this);
        memory.forEach(tree::put);
        disk = tree;
        memory.clear();
    }
}
