package dev.tempo.datasets.kept;

import dev.tempo.datasets.DataFileException;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a data file in their order, each with an id that no other has. Up to {@value #HELD} of them are held in memory; more lie in
 * a temporary file, of which 16 MB are in memory at most, so that memory does not grow with the file. The temporary file ends with the
 * process, or with this list. Immutable and thread-safe.
 *
 * @param <T> a row
 */
public final class KeptRows<T> extends AbstractList<T> implements RandomAccess {
    /** Rows of a few hundred bytes each: some ten megabytes. */
    public static final int HELD = 50_000;

    private static final int CACHE_MEGABYTES = 16;
    private static final int BUFFER_KILOBYTES = 4096;
    private static final Cleaner CLEANER = Cleaner.create();

    private final Place<T> place;
    private final int size;

    private KeptRows(Place<T> place, int size) {
        this.place = place;
        this.size = size;
    }

    /** The form in which a row lies in a file. */
    public interface Form<T> {
        List<String> fields(T row);

        T row(List<String> fields);
    }

    /** Where rows are. */
    private interface Place<T> {
        T get(int position);

        @Nullable
        Integer positionOf(String id);

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
         * @param number of the row in its file
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

        public KeptRows<T> build() {
            if (place instanceof InAFile<T> file) {
                file.store.commit();
            }
            KeptRows<T> rows = new KeptRows<>(place, size);
            if (place instanceof InAFile<T> file) {
                CLEANER.register(rows, file.store::closeImmediately);
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
        public @Nullable Long add(String id, T row, long number) {
            Integer taken = positions.putIfAbsent(id, rows.size());
            if (taken != null) {
                return numbers.get(taken);
            }
            rows.add(row);
            numbers.add(number);
            return null;
        }

        InAFile<T> moved(Form<T> form, Function<T, String> id) {
            InAFile<T> file = new InAFile<>(form);
            for (int position = 0; position < rows.size(); position++) {
                file.add(id.apply(rows.get(position)), rows.get(position), numbers.get(position));
            }
            return file;
        }
    }

    private static final class InAFile<T> implements Place<T> {
        private static final int POSITION_BITS = 32;

        private final Form<T> form;
        private final MVStore store;
        private final MVMap<Long, byte[]> rows;
        /** Position and number of the row with an id. */
        private final MVMap<String, Long> places;

        private long count;

        InAFile(Form<T> form) {
            this.form = form;
            store = open();
            rows = store.openMap(
                    "rows",
                    new MVMap.Builder<Long, byte[]>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
            places = store.openMap(
                    "places",
                    new MVMap.Builder<String, Long>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(LongDataType.INSTANCE));
        }

        private static MVStore open() {
            try {
                Path file = Files.createTempFile("tempo-rows-", ".mv");
                MVStore store = new MVStore.Builder()
                        .fileName(file.toString())
                        .cacheSize(CACHE_MEGABYTES)
                        .autoCommitBufferSize(BUFFER_KILOBYTES)
                        .open();
                store.setAutoCommitDelay(0);
                store.setVersionsToKeep(0);
                store.setRetentionTime(0);
                leave(file);
                return store;
            } catch (IOException impossible) {
                throw new DataFileException(
                        Path.of(System.getProperty("java.io.tmpdir")),
                        "cannot hold the rows of a large data file: " + impossible.getMessage()
                                + "; free space there, or choose another directory by java.io.tmpdir",
                        impossible);
            }
        }

        /** An open file that no name leads to goes with its process, however that ends; where that is impossible it goes at an orderly end. */
        private static void leave(Path file) {
            try {
                Files.delete(file);
            } catch (IOException inUse) {
                file.toFile().deleteOnExit();
            }
        }

        @Override
        public T get(int position) {
            byte[] row = rows.get((long) position);
            if (row == null) {
                throw new IllegalStateException("row " + position + " is not in its file");
            }
            return form.row(FieldBytes.read(row));
        }

        @Override
        public @Nullable Integer positionOf(String id) {
            Long found = places.get(id);
            return found == null ? null : (int) (found >>> POSITION_BITS);
        }

        @Override
        public @Nullable Long add(String id, T row, long number) {
            Long taken = places.putIfAbsent(id, count << POSITION_BITS | number);
            if (taken != null) {
                return taken & 0xFFFF_FFFFL;
            }
            rows.append(count, FieldBytes.write(form.fields(row)));
            count++;
            return null;
        }
    }
}
