package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo chaos} in its short form: every kind of fault once. */
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class ChaosCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    Path directory;

    @Test
    void everyKindOfFaultIsSurvivedWithTheSameBitsOrStated() throws IOException {
        TempoProcess chaos = TempoProcess.start(
                directory,
                List.of(
                        "chaos",
                        "--each-once",
                        "--seed=1",
                        "--longest-freeze=5",
                        "--json",
                        "--in=" + directory.resolve("chaos")));

        assertThat(chaos.status(PATIENCE)).as(chaos.output()).isZero();
        List<JsonNode> faults = Files.readAllLines(directory.resolve("chaos/results.jsonl")).stream()
                .map(JSON::readTree)
                .toList();
        Set<String> families =
                faults.stream().map(fault -> fault.get("family").asString()).collect(Collectors.toSet());
        assertThat(families)
                .containsExactlyInAnyOrder("kill -9", "freeze", "full disk", "damaged file", "poison", "broker loss");
        assertThat(faults)
                .extracting(fault -> fault.get("kind").asString())
                .hasSizeGreaterThan(35)
                .doesNotHaveDuplicates();
        assertThat(chaos.children()).isEmpty();
    }
}
