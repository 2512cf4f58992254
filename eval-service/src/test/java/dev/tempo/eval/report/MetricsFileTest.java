package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsFileTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    @Test
    void eachVersionAndMeasurementIsOneLineOfJson() throws IOException {
        MetricsFile metrics = new MetricsFile(file(), () -> Instant.EPOCH);
        metrics.add(Measured.policy("r", 1));
        metrics.add(Measured.critic("r", 1));
        metrics.add(Measured.report("r", 0, .1, null), 12.5);

        List<JsonNode> lines = lines();
        assertThat(lines)
                .extracting(line -> line.get("type").asString())
                .containsExactly("policy", "critic", "evaluation");
        assertThat(lines.get(0).get("loss").asDouble()).isEqualTo(.5);
        assertThat(lines.get(0).get("rows").get("gradient").asInt()).isEqualTo(16);
        assertThat(lines.get(1).get("recalibrated").asBoolean()).isTrue();
        assertThat(lines.get(2).get("systemCpuSeconds").asDouble()).isEqualTo(12.5);
    }

    @Test
    void aVersionThatTrainingWentBackForSaysToWhich() throws IOException {
        MetricsFile metrics = new MetricsFile(file(), () -> Instant.EPOCH);
        metrics.add(Measured.policy("r", 1));
        metrics.add(Measured.wentBack("r", 4, 1));

        assertThat(lines().get(0).has("wentBackTo")).isFalse();
        assertThat(lines().get(1).get("wentBackTo").asInt()).isOne();
        assertThat(metrics.tracked().get(1).scalars()).doesNotContainKey("tempo/policy/wentBackTo");
    }

    @Test
    void aResumedRunAppendsOnlyWhatIsNew() throws IOException {
        MetricsFile before = new MetricsFile(file(), () -> Instant.EPOCH);
        before.add(Measured.policy("r", 1));
        before.add(Measured.report("r", 0, .1, null), 12.5);

        MetricsFile after = new MetricsFile(file(), () -> Instant.EPOCH);
        after.add(Measured.policy("r", 1));
        after.add(Measured.report("r", 0, .1, null), 3);
        after.add(Measured.policy("r", 2));

        assertThat(lines()).extracting(line -> line.get("version").asInt()).containsExactly(1, 0, 2);
    }

    @Test
    void theCpuTimeIsThatOfTheLauncherHoweverOftenTheFileIsOpened() {
        new MetricsFile(file(), () -> Instant.EPOCH).add(Measured.report("r", 0, .1, null), 12.5);
        MetricsFile after = new MetricsFile(file(), () -> Instant.EPOCH);
        after.add(Measured.report("r", 10, .2, null), 15.5);

        assertThat(after.cpuSeconds()).containsOnly(entry(0, 12.5), entry(10, 15.5));
    }

    @Test
    void aCachedMeasurementNamesItsRunAndCostsNothingHere() throws IOException {
        MetricsFile metrics = new MetricsFile(file(), () -> Instant.EPOCH);
        metrics.add(Measured.report("r", 0, .1, "earlier"), 12.5);

        assertThat(lines().get(0).get("from").asString()).isEqualTo("earlier");
        assertThat(metrics.cpuSeconds()).isEmpty();
    }

    @Test
    void damagedLinesAreLeftOutAndWrittenAgain() throws IOException {
        MetricsFile before = new MetricsFile(file(), () -> Instant.EPOCH);
        before.add(Measured.policy("r", 1));
        before.add(Measured.policy("r", 2));
        before.add(Measured.critic("r", 2));
        List<String> whole = Files.readAllLines(file());
        Files.write(
                file(),
                List.of(
                        whole.get(0).substring(0, 20),
                        "{}",
                        "null",
                        "\0\0\0",
                        whole.get(1).replace("\"version\"", "\"versior\""),
                        whole.get(2)));

        MetricsFile after = new MetricsFile(file(), () -> Instant.EPOCH);
        after.add(Measured.policy("r", 1));
        after.add(Measured.policy("r", 2));
        after.add(Measured.critic("r", 2));

        assertThat(Files.readAllLines(file())).containsExactly(whole.get(2), whole.get(0), whole.get(1));
    }

    @Test
    void bytesThatAreNoTextAreADamagedLine() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

        new MetricsFile(file(), () -> Instant.EPOCH).add(Measured.policy("r", 1));

        assertThat(lines()).hasSize(1);
    }

    private Path file() {
        return directory.resolve("metrics.jsonl");
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(file()).stream().map(JSON::readTree).toList();
    }
}
