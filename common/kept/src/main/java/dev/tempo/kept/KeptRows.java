package dev.tempo.kept;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.RandomAccess;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data file in their order, each with an id that no other has. Up to {@value #HELD} of them are held in memory; more lie in
 * a temporary file, of which some 20 MB are in memory at most, so that memory does not grow with the rows. The temporary file ends with the
 * process, or with this list. Immutable and thread-safe.
 *
 * @param <T> a row
 */
public final class KeptRows<T> extends AbstractList<T> implements RandomAccess {
    /** The rows up to which all are held in memory. */
    public static final int HELD = DiskStore.HELD;

    private final Place<T> place;
    private final int size;

    private KeptRows(Place<T> place, int size) {
        this.place = place;
        this.size = size;
    }

    /** Where rows are. */
    private interface Place<T> {
        T get(int position);

        @Nullable
        Integer positionOf(String id);

        Iterator<Integer> inOrderOfIds();

        /** Adds a row; the number of the one that has its id, where there is one. */
        @Nullable
        Long add(String id, T row, long number);
    }

    @Override
    public T get(int position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException(position + " of " + size + " rows");
        }
        return place.get(position);
    }

    @Override
    public int size() {
        return size;
    }

    /** No rows. */
    public static <T> KeptRows<T> none() {
        return new KeptRows<>(new InMemory<>(), 0);
    }

    /** The row with an id, where there is one. */
    public Optional<T> find(String id) {
        return Optional.ofNullable(place.positionOf(id)).map(place::get);
    }

    /** The position of the row with an id, where there is one. */
    public OptionalInt position(String id) {
        Integer position = place.positionOf(id);
        return position == null ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /** The positions of all rows, in the order of their ids by {@link String#compareTo}. */
    public int[] positionsById() {
        int[] positions = new int[size];
        Iterator<Integer> sorted = place.inOrderOfIds();
        for (int at = 0; at < size; at++) {
            positions[at] = sorted.next();
        }
        return positions;
    }

    /** The rows as something else, computed whenever it is asked for. */
    public <S> List<S> as(Function<T, S> view) {
        return new View<>(this, view);
    }

    private static final class View<T, S> extends AbstractList<S> implements RandomAccess {
        private final List<T> rows;
        private final Function<T, S> view;

        View(List<T> rows, Function<T, S> view) {
            this.rows = rows;
            this.view = view;
        }

        @Override
        public S get(int position) {
            return view.apply(rows.get(position));
        }

        @Override
        public int size() {
            return rows.size();
        }
    }

    /** A collector of rows. Not thread-safe. */
    public static final class Builder<T> {
        private final Form<T> form;
        private final Function<T, String> id;
        private final int held;
        private Place<T> place;
        private int size;

        /** @param id of a row, which no other has */
        public Builder(Form<T> form, Function<T, String> id) {
            this(form, id, HELD);
        }

        /** @param held rows that are held in memory */
        Builder(Form<T> form, Function<T, String> id, int held) {
            this.form = form;
            this.id = id;
            this.held = held;
            this.place = new InMemory<>();
        }

        /**
         * Adds a row.
         *
         * @param number by which the row is told of, of its file or of all files that are read
         * @return the number of the row that has the same id; empty where there is none, and the row was added
         */
        public Optional<Long> add(T row, long number) {
            if (size == held && place instanceof InMemory<T> memory) {
                place = memory.moved(form, id);
            }
            Long taken = place.add(id.apply(row), row, number);
            if (taken == null) {
                size++;
            }
            return Optional.ofNullable(taken);
        }

        /** The list; nothing can be added any more. */
        public KeptRows<T> build() {
            KeptRows<T> rows = new KeptRows<>(place, size);
            if (place instanceof OnDisk<T> disk) {
                disk.store.endsWith(rows);
            }
            return rows;
        }
    }

    private static final class InMemory<T> implements Place<T> {
        private final List<T> rows = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final Map<String, Integer> positions = new HashMap<>();

        @Override
        public T get(int position) {
            return rows.get(position);
        }

        @Override
        public @Nullable Integer positionOf(String id) {
            return positions.get(id);
        }

        @Override
        public Iterator<Integer> inOrderOfIds() {
            return positions.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(Map.Entry::getValue)
                    .iterator();
        }

        @Override
        public @Nullable Long add(String id, T row, long number) {
            Integer taken = positions.putIfAbsent(id, rows.size());
            if (taken != null) {
                return numbers.get(taken);
            }
            rows.add(row);
            numbers.add(number);
            return null;
        }

        OnDisk<T> moved(Form<T> form, Function<T, String> id) {
            OnDisk<T> disk = new OnDisk<>(form);
            for (int position = 0; position < rows.size(); position++) {
                disk.add(id.apply(rows.get(position)), rows.get(position), numbers.get(position));
            }
            return disk;
        }
    }

    private static final class OnDisk<T> implements Place<T> {
        private static final int POSITION_BITS = 32;

        private final DiskStore store = new DiskStore();
        private final DiskStore.Tree<Long, T> rows;
        /** Position and number of the row with an id. */
        private final MVMap<String, Long> places = store.numbers("places");

        private long count;

        OnDisk(Form<T> form) {
            rows = store.byNumber("rows", form);
        }

        @Override
        public T get(int position) {
            T row = rows.get((long) position);
            if (row == null) {
                throw new IllegalStateException("row " + position + " is not in its file");
            }
            return row;
        }

        @Override
        public @Nullable Integer positionOf(String id) {
            Long found = places.get(id);
            return found == null ? null : position(found);
        }

        private static int position(long place) {
            return (int) (place >>> POSITION_BITS);
        }

        @Override
        public Iterator<Integer> inOrderOfIds() {
            Iterator<Map.Entry<String, Long>> sorted = places.entrySet().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return sorted.hasNext();
                }

                @Override
                public Integer next() {
                    return position(sorted.next().getValue());
                }
            };
        }

        @Override
        public @Nullable Long add(String id, T row, long number) {
            Long taken = DiskStore.writing(() -> places.putIfAbsent(id, count << POSITION_BITS | number));
            if (taken != null) {
                return taken & 0xFFFF_FFFFL;
            }
            rows.put(count, row);
            count++;
            return null;
        }
    }
}
