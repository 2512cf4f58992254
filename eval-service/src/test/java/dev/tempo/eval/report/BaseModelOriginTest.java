package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelOriginTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryOfTheHubsCacheTellsItsName() throws IOException {
        Path snapshot = Files.createDirectories(directory.resolve("models--Qwen--Qwen3-0.6B/snapshots/c1899de289"));

        assertThat(new BaseModelOrigin(snapshot).publishedName()).contains("Qwen/Qwen3-0.6B");
    }

    @Test
    void soDoesAConfigThatNamesIt() throws IOException {
        Files.writeString(directory.resolve("config.json"), "{\"_name_or_path\": \"allenai/Olmo-3-7B\"}");

        assertThat(new BaseModelOrigin(directory).publishedName()).contains("allenai/Olmo-3-7B");
    }

    @Test
    void aPathInAConfigIsNoName() throws IOException {
        Files.writeString(directory.resolve("config.json"), "{\"_name_or_path\": \"/home/me/models/base\"}");

        assertThat(new BaseModelOrigin(directory).publishedName()).isEmpty();
        assertThat(new BaseModelOrigin(directory.resolve("absent")).publishedName())
                .isEmpty();
    }

    @Test
    void theLicenceStandsInTheCardsHeaderAndNowhereElse() throws IOException {
        Path card = directory.resolve("README.md");
        Files.writeString(card, "---\nlibrary_name: transformers\nlicense: apache-2.0\n---\n\n# Model\n");
        assertThat(new BaseModelOrigin(directory).license()).contains("apache-2.0");

        Files.writeString(card, "# Model\n\nlicense: mine\n");
        assertThat(new BaseModelOrigin(directory).license()).isEmpty();
    }
}
