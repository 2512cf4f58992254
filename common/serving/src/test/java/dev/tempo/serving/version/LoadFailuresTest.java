package dev.tempo.serving.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadFailuresTest {
    private static final RuntimeException BROKEN = new IllegalArgumentException("no config.json");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final LoadFailures failures = new LoadFailures(nanos::get);

    private static ServedVersion version(int number, String directory) {
        return new ServedVersion("words", "r", OptionalInt.of(number), Path.of(directory), null, Instant.EPOCH);
    }

    @Test
    void pausesGrowFromASecondToAMinute() {
        List<Long> pauses = new ArrayList<>();
        IntStream.range(0, 8)
                .forEach(attempt ->
                        pauses.add(failures.note(version(1, "a"), BROKEN).toSeconds()));
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        failures.forget(version(1, "a"));
        assertThat(failures.note(version(1, "a"), BROKEN)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aVersionIsTriedAgainWhenItsPauseIsOverOrItsFilesLieElsewhere() {
        failures.note(version(1, "a"), BROKEN);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(failures.against(version(1, "a"))).contains(BROKEN);
        assertThat(failures.against(version(1, "promoted/a"))).isEmpty();
        assertThat(failures.against(version(2, "a"))).isEmpty();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(failures.against(version(1, "a"))).isEmpty();
        assertThat(failures.reasons()).containsEntry("words@1", "no config.json");
    }

    @Test
    void whatIsNoMoreIsForgotten() {
        failures.note(version(1, "a"), BROKEN);
        failures.note(version(2, "b"), BROKEN);
        failures.retain(List.of(version(2, "c")));
        assertThat(failures.reasons()).containsOnlyKeys("words@2");
    }
}
