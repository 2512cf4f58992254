package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileDamageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aFileIsAnotherOneUntilItsCopyIsPutBackAndItsOtherNamesKeepWhatTheyHad(FileDamage damage) throws IOException {
        byte[] whole = "one line\nand another that is longer than what is cut off from the end of it, which is sixty\n"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("file"), whole);
        Path otherName = Files.createLink(directory.resolve("older-file"), file);

        Strike.Remedy remedy = damage.to(file, directory.resolve("copy"), new SplittableRandom(4));

        assertThat(otherName).hasBinaryContent(whole);
        if (damage == FileDamage.DELETED) {
            assertThat(file).doesNotExist();
        } else {
            assertThat(Files.readAllBytes(file)).isNotEqualTo(whole);
        }
        remedy.apply();
        assertThat(file).hasBinaryContent(whole);
    }
}
