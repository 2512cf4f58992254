package dev.tempo.kept;

import org.jspecify.annotations.Nullable;

/**
 * A number of places, each with a value or none. Values lie on disk where there are more than {@value KeptRows#HELD} places, as
 * {@link KeptRows} do. Not thread-safe.
 *
 * @param <T> a value
 */
public final class KeptValues<T> {
    private final @Nullable Object[] values;
    private final DiskStore.@Nullable Tree<Long, T> disk;
    private final int size;

    public KeptValues(Form<T> form, int size) {
        this(form, size, KeptRows.HELD);
    }

    /** @param held places whose values are held in memory */
    KeptValues(Form<T> form, int size, int held) {
        this.size = size;
        if (size <= held) {
            values = new Object[size];
            disk = null;
        } else {
            values = new Object[0];
            DiskStore store = new DiskStore();
            disk = store.byNumber("values", form);
            store.endsWith(this);
        }
    }

    /** The value of a place; null where there is none. */
    @SuppressWarnings("unchecked") // nothing else is put there
    public @Nullable T get(int place) {
        checkPlace(place);
        return disk == null ? (T) values[place] : disk.get((long) place);
    }

    public void set(int place, T value) {
        checkPlace(place);
        if (disk == null) {
            values[place] = value;
        } else {
            disk.put((long) place, value);
        }
    }

    private void checkPlace(int place) {
        if (place < 0 || place >= size) {
            throw new IndexOutOfBoundsException(place + " of " + size + " places");
        }
    }
}
