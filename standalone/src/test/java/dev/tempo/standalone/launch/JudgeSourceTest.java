package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeSourceTest {
    @TempDir
    Path directory;

    @Test
    void servicesAreToldOfDirectoryAndConfiguration() {
        assertThat(new JudgeSource(directory, directory.resolve("my.yaml")).arguments())
                .containsExactly(
                        "--tempo.judge.directory=" + directory,
                        "--spring.config.additional-location="
                                + directory.resolve("my.yaml").toUri());
    }
}
