package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.datasets.file.GivenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenFilesTest {
    @TempDir
    Path directory;

    @Test
    void theLinesAreThoseOfSha256sum() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "abc");

        // The first example of FIPS 180-2.
        assertThat(GivenFiles.lines(List.of(file)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  " + file + "\n");
    }

    @Test
    void oneRowThatIsChangedIsRefusedUntilItIsPutBack() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "{\"question\": \"1+1\"}\n");
        GivenFiles given = noted(file);
        assertThatCode(() -> given.refuseChanged(file)).doesNotThrowAnyException();

        Files.writeString(file, "{\"question\": \"1+2\"}\n");
        assertThatThrownBy(() -> given.refuseChanged(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": has been changed since the run began");

        Files.writeString(file, "{\"question\": \"1+1\"}\n");
        assertThatCode(() -> given.refuseChanged(file)).doesNotThrowAnyException();
    }

    @Test
    void aFileThatHasComeToADirectoryOfDataOrIsGoneFromItIsRefused() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("train-0.jsonl"), "{}\n");
        Path second = Files.writeString(data.resolve("train-1.jsonl"), "{}\n");
        GivenFiles given = noted(data);

        Path third = Files.writeString(data.resolve("train-2.jsonl"), "{}\n");
        assertThatThrownBy(() -> given.refuseChanged(data))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(third + ": was not there when the run began");

        Files.delete(third);
        Files.delete(second);
        assertThatThrownBy(() -> given.refuseChanged(data))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(second + ": was there when the run began, and is gone");
    }

    private GivenFiles noted(Path data) throws IOException {
        return new GivenFiles(Files.writeString(directory.resolve("given.sha256"), GivenFiles.lines(List.of(data))));
    }
}
