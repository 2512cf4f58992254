package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.FencedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotedCheckpointsTest {
    @TempDir
    Path run;

    private TrainerFiles files = new RunDirectory(Path.of(".")).policy();

    @BeforeEach
    void takeOver() {
        files = new RunDirectory(run).policy().takeOver(1);
    }

    @Test
    void thoseOfTheLastTwoStay() {
        keep(3, "three");
        keep(8, "eight");
        keep(20, "twenty");
        assertThat(files.promoted().find(20)).hasContent("twenty");
        assertThat(files.promoted().find(8)).hasContent("eight");
        assertThat(run.resolve("checkpoints/policy/promoted-v00003-checkpoint.safetensors"))
                .doesNotExist();
        assertStopped(3, "is missing");
    }

    @Test
    void aWholeOneIsNotWrittenAgainAndADamagedOneIs() throws IOException {
        AtomicInteger written = new AtomicInteger();
        files.promoted().keep(3, file -> text(file, "attempt " + written.incrementAndGet()));
        files.promoted().keep(3, file -> text(file, "attempt " + written.incrementAndGet()));
        assertThat(files.promoted().find(3)).hasContent("attempt 1");
        Files.writeString(files.promoted().find(3), "attempt X");
        assertStopped(3, "is damaged: its SHA-256 is");
        files.promoted().keep(3, file -> text(file, "attempt " + written.incrementAndGet()));
        assertThat(files.promoted().find(3)).hasContent("attempt 2");
    }

    @Test
    void oneWithoutItsNoteIsNotTrusted() throws IOException {
        keep(3, "three");
        Path notes = run.resolve("begun/policy-promoted.sha256");
        Files.writeString(notes, "torn");
        assertStopped(3, "does not list it");
        Files.delete(notes);
        assertStopped(3, "does not list it");
    }

    @Test
    void theyAreTheOwnersAlone() {
        keep(3, "three");
        TrainerFiles successor = files.takeOver(1);
        assertThatThrownBy(() -> keep(4, "four")).isInstanceOf(FencedException.class);
        assertThat(successor.promoted().find(3)).hasContent("three");
    }

    @Test
    void whatAnOwnerHasBegunToKeepGetsNoNameAfterItsSuccessor() {
        keep(3, "three");
        assertThatThrownBy(() -> files.promoted().keep(4, file -> {
                    text(file, "four");
                    files.takeOver(1);
                }))
                .isInstanceOf(FencedException.class);
        assertThat(run.resolve("checkpoints/policy/promoted-v00004-checkpoint.safetensors"))
                .doesNotExist();
        assertThat(files.takeOver(1).promoted().find(3)).hasContent("three");
    }

    private void assertStopped(int version, String why) {
        assertThatThrownBy(() -> files.promoted().find(version))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("training is to go back to version " + version)
                .hasMessageContaining(why)
                .hasMessageContaining("./tempo run " + run.resolve("recipe.yaml"));
    }

    private void keep(int version, String content) {
        files.promoted().keep(version, file -> text(file, content));
    }

    private static void text(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
