package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndisturbedTest {
    @TempDir
    Path directory;

    private final Undisturbed undisturbed = new Undisturbed();
    private RunDirectory other = new RunDirectory(Path.of("none"));

    @BeforeEach
    void twoRunsThatDifferInTimesAlone() throws IOException {
        undisturbed.finished(run("one", 7));
        other = run("other", 8);
    }

    @Test
    void timesAreNoDifference() {
        assertThat(undisturbed.differences(other, true, Set.of())).isEmpty();
    }

    @Test
    void otherWeightsOfAVersionAreADifferenceAlsoBeforeTheEnd() throws IOException {
        Files.writeString(other.policy().version(3).resolve("model.safetensors"), "other weights");

        assertThat(undisturbed.differences(other, false, Set.of()))
                .containsExactly("policy/v00003/model.safetensors has other weights");
    }

    @Test
    void weightsThatAFaultHasLeftSoAreADifferenceAtTheEndOnly() throws IOException {
        Path weights = other.policy().version(3).resolve("model.safetensors");
        Files.writeString(weights, "harmed weights");
        Set<String> harmed = Set.of(Fingerprint.sha256(weights));

        assertThat(undisturbed.differences(other, false, harmed)).isEmpty();
        assertThat(undisturbed.differences(other, true, harmed))
                .containsExactly("policy/v00003/model.safetensors has other weights");
    }

    @Test
    void anotherNumberIsADifference() throws IOException {
        Files.writeString(other.metrics(), Files.readString(other.metrics()).replace("\"loss\":0.5", "\"loss\":0.51"));

        assertThat(undisturbed.differences(other, false, Set.of()))
                .containsExactly("metrics.jsonl has other numbers of policy 3");
    }

    @Test
    void whatIsNotThereYetIsADifferenceAtTheEndOnly() throws IOException {
        Files.writeString(
                other.metrics(),
                Files.readString(other.metrics()).lines().findFirst().orElseThrow() + "\n{\"type\":\"pol");
        Files.delete(other.report());

        assertThat(undisturbed.differences(other, false, Set.of())).isEmpty();
        assertThat(undisturbed.differences(other, true, Set.of()))
                .containsExactly(
                        "metrics.jsonl has a torn line", "metrics.jsonl has no policy 3", "there is no report");
    }

    private RunDirectory run(String name, int seconds) throws IOException {
        RunDirectory files = new RunDirectory(directory.resolve(name));
        for (Path place : new Path[] {files.policy().version(3), files.finalModel()}) {
            Files.createDirectories(place);
            Files.writeString(place.resolve("model.safetensors"), "weights");
        }
        Files.writeString(
                files.metrics(),
                "{\"type\":\"critic\",\"version\":3,\"loss\":1.0}\n{\"type\":\"policy\",\"version\":3,\"loss\":0.5,"
                        + "\"wallSeconds\":" + seconds + "}\n");
        Files.writeString(
                files.summary(),
                "{\"run\":\"" + name + "\",\"stages\":[{\"avg4\":0.5,\"cpuSeconds\":" + seconds + "}]}");
        Files.writeString(files.report(), "report of " + name);
        return files;
    }
}
