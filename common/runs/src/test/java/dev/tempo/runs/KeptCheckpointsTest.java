package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.fixtures.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeptCheckpointsTest {
    @TempDir
    Path run;

    private TrainerFiles files = new RunDirectory(Path.of(".")).policy();
    private Path older = Path.of(".");
    private Path next = Path.of(".");

    @BeforeEach
    void takeOver() {
        files = new RunDirectory(run).policy().takeOver(1);
        older = files.checkpoint().resolveSibling("older-checkpoint.safetensors");
        next = files.checkpoint().resolveSibling("owner-1").resolve("next-checkpoint.safetensors");
    }

    @Test
    void aNewRunHasNone() {
        assertThat(files.wholeCheckpoint()).isEmpty();
    }

    @Test
    void theNewestIsUsedAndTheOneBeforeIsKept() {
        write("one");
        assertThat(older).as("the first is there twice").hasContent("one");
        write("two");
        write("three");
        assertThat(found()).isEqualTo("three");
        assertThat(older).hasContent("two");
        assertThat(files.checkpoint().resolveSibling("")).isDirectoryNotContaining("glob:**/{next,second}-*");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aLostNewestLeavesTheOneBeforeUntilThereIsAnother(Damage damage) {
        write("one");
        write("two");
        damage.to(files.checkpoint());

        TrainerFiles.Checkpointed kept = files.wholeCheckpoint().orElseThrow();
        assertThat(kept.file()).isEqualTo(older).hasContent("one");
        assertThat(kept.damage()).startsWith(files.checkpoint() + " ");
        assertThat(files.wholeCheckpoint().orElseThrow().file())
                .as("asked again")
                .isEqualTo(older);

        write("two again");
        assertThat(older).as("the damaged one does not take its place").hasContent("one");
        assertThat(found()).isEqualTo("two again");
    }

    @Test
    void aTrainerKilledBeforeTheRenamingHasWhatItWrote() throws IOException {
        write("one");
        write("two");
        Files.move(files.checkpoint(), next);
        Files.move(older, files.checkpoint());
        restart();

        assertThat(found()).isEqualTo("two");
        assertThat(older).hasContent("one");
    }

    @Test
    void aFirstCheckpointWhoseTrainerWasKilledBeforeTheRenamingIsNoDamage() throws IOException {
        write("one");
        Files.move(files.checkpoint(), next);
        Files.delete(older);
        restart();

        assertThat(found()).isEqualTo("one");
    }

    @Test
    void aFirstCheckpointThatWasNotNotedYetIsNone() throws IOException {
        Files.writeString(next, "half");
        restart();

        assertThat(files.wholeCheckpoint()).isEmpty();
        assertThat(next).doesNotExist();
    }

    @Test
    void anEarlierCheckpointThatIsPutBackIsWhole() throws IOException {
        write("one");
        write("two");
        Files.copy(older, files.checkpoint(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(found()).isEqualTo("one");
    }

    @Test
    void aBegunRunWithoutCheckpointsStops() throws IOException {
        write("one");
        Files.delete(files.checkpoint());
        Files.delete(older);

        assertThatThrownBy(files::wholeCheckpoint)
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining(files.checkpoint() + " is missing")
                .hasMessageContaining(older + " is missing")
                .hasMessageContaining("./tempo run " + run.resolve("recipe.yaml"));
    }

    @Test
    void checkpointsThatNothingTellsFromDamagedOnesStop() throws IOException {
        write("one");
        Path noted = run.resolve("begun/policy.sha256");
        Files.delete(noted);

        assertThatThrownBy(files::wholeCheckpoint)
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining(noted.toString());
    }

    @Test
    void versionsShowThatARunHasBegun() throws IOException {
        Files.createDirectories(files.version(1));

        assertThatThrownBy(files::wholeCheckpoint).isInstanceOf(RunStoppedException.class);
    }

    private void restart() {
        files = files.takeOver(1);
    }

    private String found() {
        Optional<TrainerFiles.Checkpointed> kept = files.wholeCheckpoint();
        assertThat(kept.orElseThrow().damage()).isNull();
        try {
            return Files.readString(kept.orElseThrow().file());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void write(String content) {
        files.writeCheckpoint(file -> {
            try {
                Files.writeString(file, content);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
    }
}
