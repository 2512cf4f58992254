package dev.tempo.eval.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.TensorBoardEvents;
import dev.tempo.fixtures.TensorBoardEvents.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    private final List<TrackedEntry> entries = TrackedEntries.rounds(3);

    @TempDir
    Path directory;

    @Test
    void everyEntryIsAnEventWithItsStepItsTimeAndItsNumbers() {
        new EventFile(directory).hold(entries);

        assertThat(file()).hasFileName("events.out.tfevents.1795842001.tempo");
        List<Event> events = TensorBoardEvents.in(file());
        assertThat(events.get(0).fileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.subList(1, events.size())).extracting(Event::step).containsExactly(1L, 2L, 3L);
        assertThat(events)
                .extracting(Event::wallTime)
                .containsExactly(1795842001.25, 1795842001.25, 1795842002.25, 1795842003.25);
        assertThat(events.get(2).scalars())
                .containsEntry("tempo/policy/loss", .5f)
                .containsEntry("actor/pg_loss", .5f)
                .containsEntry("train/loss", .5f)
                .containsEntry("critic/score/mean", .5f)
                .containsEntry("tempo/policy/rows/gradient", 16f)
                .doesNotContainKey("tempo/policy/version");
    }

    @Test
    void stepsOfEverySizeAreRead() {
        List<TrackedEntry> far = List.of(
                TrackedEntries.entry("{\"type\":\"policy\",\"version\":127,\"loss\":1}"),
                TrackedEntries.entry("{\"type\":\"policy\",\"version\":128,\"loss\":1}"),
                TrackedEntries.entry("{\"type\":\"policy\",\"version\":2147483647,\"loss\":1}"));
        new EventFile(directory).hold(far);

        assertThat(TensorBoardEvents.in(file())).extracting(Event::step).containsExactly(0L, 127L, 128L, 2147483647L);
    }

    @Test
    void writtenEntryByEntryItHasTheSameBytes() throws IOException {
        EventFile little = new EventFile(directory.resolve("little"));
        for (int count = 0; count <= entries.size(); count++) {
            little.hold(entries.subList(0, count));
            little.hold(entries.subList(0, count));
        }
        new EventFile(directory.resolve("once")).hold(entries);

        assertThat(TensorBoardEvents.fileIn(directory.resolve("little")))
                .hasSameBinaryContentAs(TensorBoardEvents.fileIn(directory.resolve("once")));
    }

    @Test
    void cutAnywhereItIsMadeWholeToTheSameBytes() throws IOException {
        new EventFile(directory).hold(entries);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            new EventFile(directory).hold(entries);
            assertThat(file()).as("cut to %d bytes", length).hasBinaryContent(whole);
        }
    }

    @Test
    void whatIsDamagedOrTooMuchIsReplaced() throws IOException {
        new EventFile(directory).hold(entries);
        byte[] whole = Files.readAllBytes(file());
        byte[] longer = Arrays.copyOf(whole, whole.length + 17);
        Files.write(file(), longer);
        new EventFile(directory).hold(entries);
        assertThat(file()).hasBinaryContent(whole);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file(), damaged);
        new EventFile(directory).hold(entries);
        assertThat(file()).hasBinaryContent(whole);
    }

    @Test
    void whatWasBegunWithAnotherEntryIsDroppedAndWhatOthersPutThereStays() throws IOException {
        new EventFile(directory).hold(entries.subList(1, 3));
        Path foreign = Files.writeString(directory.resolve("notes.txt"), "mine");
        new EventFile(directory).hold(entries);

        assertThat(foreign).exists();
        Files.delete(foreign);
        assertThat(TensorBoardEvents.in(file())).hasSize(4);
    }

    @Test
    void theFileThatIsFollowedStaysTheSameOne() throws IOException {
        new EventFile(directory).hold(entries);
        Object key = Files.readAttributes(file(), java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length - 3));
        new EventFile(directory).hold(entries);

        assertThat(Files.readAttributes(file(), java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(key);
    }

    private Path file() {
        return TensorBoardEvents.fileIn(directory);
    }
}
