package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementsTest {
    @TempDir
    private Path run;

    private Announcements announcements =
            new RunDirectory(Path.of(".")).policy().announcements();

    @BeforeEach
    void begin() {
        announcements = new RunDirectory(run).policy().announcements();
    }

    private void add(int version, String message) {
        announcements.add(version, message.getBytes(StandardCharsets.UTF_8));
    }

    private String message(int version) {
        return new String(announcements.between(version, version + 1).get(version), StandardCharsets.UTF_8);
    }

    @Test
    void theLastLineOfAVersionCounts() {
        add(0, "zero");
        add(1, "one");
        add(0, "zero, by another trainer");
        assertThat(announcements.between(0, 2)).containsOnlyKeys(0, 1);
        assertThat(message(0)).isEqualTo("zero, by another trainer");
        assertThat(message(1)).isEqualTo("one");
    }

    @Test
    void whatACrashLeftOfALineSwallowsNoLaterOne() throws IOException {
        add(0, "zero");
        Files.writeString(file(), "1 0f0f", StandardOpenOption.APPEND);
        add(2, "two");
        assertThat(announcements.all()).containsOnlyKeys(0, 2);
        assertThatThrownBy(() -> announcements.between(0, 3))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining(file() + " does not hold version 1");
    }

    private Path file() {
        return run.resolve("announced").resolve("policy.jsonl");
    }
}
