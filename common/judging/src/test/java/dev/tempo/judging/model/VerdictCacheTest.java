package dev.tempo.judging.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictCacheTest {
    @TempDir
    Path folder;

    @Test
    void whatWasKeptIsThereAfterOpeningAgain() {
        fill(0, 3, 10);

        try (VerdictCache cache = new VerdictCache(file(), 10)) {
            assertThat(cache.find(key(2))).isEqualTo(new VerdictCache.Entry(key(2), true, "\u00FC\n2"));
            assertThat(cache.find(key(3))).isNull();
        }
    }

    @Test
    void aLineThatACrashHasTornIsNotThereAndHarmsNoOther() throws IOException {
        fill(0, 2, 10);
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(whole, whole.length - 20), StandardOpenOption.TRUNCATE_EXISTING);
        fill(2, 3, 10);

        try (VerdictCache cache = new VerdictCache(file(), 10)) {
            assertThat(cache.find(key(0))).isNotNull();
            assertThat(cache.find(key(1))).isNull();
            assertThat(cache.find(key(2))).isNotNull();
        }
    }

    @Test
    void memoryAndFileKeepTheNewest() throws IOException {
        fill(0, 100, 10);
        try (VerdictCache cache = new VerdictCache(file(), 10)) {
            assertThat(cache.size()).isEqualTo(10);
            assertThat(cache.find(key(99))).isNotNull();
            assertThat(cache.find(key(89))).isNull();
        }
        assertThat(Files.readAllLines(file())).hasSize(10);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "");

        assertThatThrownBy(() -> new VerdictCache(occupied.resolve("model.jsonl"), 10))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("occupied");
    }

    private void fill(int from, int to, int capacity) {
        try (VerdictCache cache = new VerdictCache(file(), capacity)) {
            for (int i = from; i < to; i++) {
                cache.keep(new VerdictCache.Entry(key(i), true, "\u00FC\n" + i));
            }
            assertThat(cache.size()).isLessThanOrEqualTo(capacity);
        }
    }

    private Path file() {
        return folder.resolve("deep").resolve("model.jsonl");
    }

    private static String key(int i) {
        return String.format(Locale.ROOT, "%064x", i);
    }
}
