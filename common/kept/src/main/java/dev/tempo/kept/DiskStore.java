package dev.tempo.kept;

import dev.tempo.contract.UserException;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** B-trees in a temporary file of their own, which ends with the process or with the list or map that it is for. Thread-safe. */
final class DiskStore {
    /** Values of a few hundred bytes each: some ten megabytes, as far as which nothing lies on disk. */
    static final int HELD = 50_000;

    private static final int CACHE_MEGABYTES = 16;
    private static final int BUFFER_KILOBYTES = 4096;
    private static final Cleaner CLEANER = Cleaner.create();

    private final MVStore store;

    DiskStore() {
        try {
            Path file = Files.createTempFile("tempo-kept-", ".mv");
            store = new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(CACHE_MEGABYTES)
                    .autoCommitBufferSize(BUFFER_KILOBYTES)
                    .open();
            store.setAutoCommitDelay(0);
            store.setVersionsToKeep(0);
            store.setRetentionTime(0);
            leave(file);
        } catch (IOException | MVStoreException impossible) {
            throw full(impossible);
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

    /** What writes to the file, and fails in words where there is no room. */
    static <R extends @Nullable Object> R writing(Supplier<R> write) {
        try {
            return write.get();
        } catch (MVStoreException impossible) {
            throw full(impossible);
        }
    }

    private static UserException full(Exception impossible) {
        return new UserException(
                System.getProperty("java.io.tmpdir") + ": cannot hold what is too much for memory: "
                        + impossible.getMessage()
                        + "; free space there, or choose another directory by -Djava.io.tmpdir in JAVA_TOOL_OPTIONS",
                impossible);
    }

    /** A tree of values by number. */
    <T> Tree<Long, T> byNumber(String name, Form<T> form) {
        return new Tree<>(store.openMap(name, map(LongDataType.INSTANCE, ByteArrayDataType.INSTANCE)), form);
    }

    /** A tree of values by name. */
    <T> Tree<String, T> byName(String name, Form<T> form) {
        return new Tree<>(store.openMap(name, map(StringDataType.INSTANCE, ByteArrayDataType.INSTANCE)), form);
    }

    /** A tree of numbers by name, whose order is that of {@link String#compareTo}. */
    MVMap<String, Long> numbers(String name) {
        return store.openMap(name, map(StringDataType.INSTANCE, LongDataType.INSTANCE));
    }

    private static <K, V> MVMap.Builder<K, V> map(BasicDataType<K> key, BasicDataType<V> value) {
        return new MVMap.Builder<K, V>().keyType(key).valueType(value);
    }

    /** Ends the file with its owner. */
    void endsWith(Object owner) {
        CLEANER.register(owner, store::closeImmediately);
    }

    /** A tree of values. */
    static final class Tree<K, T> {
        private final MVMap<K, byte[]> map;
        private final Form<T> form;

        private Tree(MVMap<K, byte[]> map, Form<T> form) {
            this.map = map;
            this.form = form;
        }

        @Nullable
        T get(K key) {
            byte[] written = map.get(key);
            return written == null ? null : form.value(FieldBytes.read(written));
        }

        void put(K key, T value) {
            writing(() -> map.put(key, FieldBytes.write(form.fields(value))));
        }
    }
}
