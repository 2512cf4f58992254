package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class TornBrokerTest {
    private static final byte[] WHOLE = new byte[1000];

    @TempDir
    Path directory;

    @Test
    void aSegmentThatWasCutIsPutBack() throws IOException {
        Path segment = segment();
        Strike strike = cut();
        assertThat(segment).content().hasSizeLessThan(WHOLE.length);

        strike.remedy().apply();
        assertThat(segment).hasBinaryContent(WHOLE);
    }

    @Test
    void nothingIsPutBackWhereAnotherFaultHasTakenTheTopic() throws IOException {
        Path segment = segment();
        Strike strike = cut();
        FileSystemUtils.deleteRecursively(directory.resolve("broker"));

        assertThatCode(() -> strike.remedy().apply()).doesNotThrowAnyException();
        assertThat(segment).doesNotExist();
    }

    private Path segment() throws IOException {
        Path topic = Files.createDirectories(directory.resolve("broker/policy-versions-0"));
        return Files.write(topic.resolve("00000000000000000000.log"), WHOLE);
    }

    private Strike cut() throws IOException {
        return new TornBroker().strike(directory.resolve("broker"), directory, new SplittableRandom(1));
    }
}
