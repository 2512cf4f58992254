package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo chaos} in its short form: every kind of fault once. */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ChaosCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(100);

    private static final int BAD = 1;

    /** What a run has that promotes and goes back; no stage of such a run comes from the cache, which others strike. */
    private static final List<String> OF_PROMOTIONS = List.of(
            "damage newest promoted checkpoint", "damage every promoted checkpoint", "damage newest promoted version");

    /** Its first version is promoted; each step after that ruins it, is found worse and gone back after. */
    private static final String PROMOTED_AND_RUINED = """
            extends: tiny.yaml
            name: promoted
            evaluation: {every: 100}
            promotion: {file: promotion-promoted.jsonl, id: id, samples: 2, step: 8, confidence: 0.8, margin: 0.3,
              passMargin: 0.3, malformedMargin: 0.5, lengthMargin: 0.5, goBackAfter: 1}
            stages:
              - {name: stage1, rounds: 1, criticWarmUp: 1, policy: {learningRate: 1e-5}}
              - {name: test-time, rounds: 16, policy: {learningRate: 0.5}}
            """;

    @TempDir
    Path directory;

    @Test
    @LongForm
    void everyKindOfFaultIsSurvivedWithTheSameBitsOrStated() throws IOException {
        TempoProcess chaos = TempoProcess.start(
                directory,
                List.of(
                        "chaos",
                        "--each-once",
                        "--together=9",
                        "--seed=182",
                        "--longest-freeze=5",
                        "--json",
                        "--in=" + directory.resolve("chaos")));
        Set<ProcessHandle> started = new HashSet<>();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            started.addAll(chaos.descendants());
            return chaos.hasEnded();
        });

        assertThat(chaos.status()).as(chaos.output()).isZero();
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
        if (LossyDisk.mayMount(directory)) {
            assertThat(faults)
                    .filteredOn(fault -> fault.get("outcome").asString().equals("IMPOSSIBLE"))
                    .extracting(fault -> fault.get("kind").asString())
                    .as(chaos.output())
                    .containsExactlyInAnyOrderElementsOf(OF_PROMOTIONS);
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(started).hasSizeGreaterThan(12).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    @LongForm
    void damageToWhatTrainingGoesBackToIsSurvivedWithTheSameBitsOrStated() throws IOException {
        TinyWorkload workload = TinyWorkload.in(directory.resolve("workload"));
        workload.promotionQuestions("promotion-promoted.jsonl", 20, 52);
        Path recipe = Files.writeString(workload.directory().resolve("promoted.yaml"), PROMOTED_AND_RUINED);
        TempoProcess chaos = TempoProcess.start(
                directory,
                List.of(
                        "chaos",
                        "--recipe=" + recipe,
                        "--kind=promoted",
                        "--kills=6",
                        "--seed=1",
                        "--json",
                        "--in=" + directory.resolve("chaos")));

        assertThat(chaos.status(PATIENCE)).as(chaos.output()).isZero();
        assertThat(Files.readAllLines(directory.resolve("chaos/results.jsonl")).stream()
                        .map(JSON::readTree))
                .filteredOn(fault -> !fault.get("outcome").asString().equals("IMPOSSIBLE"))
                .extracting(fault -> fault.get("kind").asString())
                .as(chaos.output())
                .containsAll(OF_PROMOTIONS);
    }

    @Test
    void resultsOfPartsAreMergedIntoOneTable() throws IOException {
        Path one = Files.writeString(directory.resolve("one.jsonl"), fault("the run's disk is full", "EQUAL", 2.5));
        Path two = Files.writeString(
                directory.resolve("two.jsonl"),
                fault("the run's disk is full", "STATED", 6.0) + "{\"event\":\"note\",\"text\":\"x\"}\n");
        TempoProcess merged = merge(one, two);
        assertThat(merged.status()).as(merged.output()).isZero();
        assertThat(merged.output().lines())
                .contains(
                        "| the run's disk is full | 2 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 6.0 | 6.0 |",
                        "| all | 2 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 6.0 | 6.0 |");

        Path bad = Files.writeString(directory.resolve("bad.jsonl"), fault("freeze kafka", "LOST", 1.0));
        assertThat(merge(one, bad).status()).as("something was lost").isEqualTo(BAD);
        Path stopped = Files.writeString(directory.resolve("stopped.jsonl"), fault("freeze kafka", "STATED", 1.0));
        assertThat(merge(one, stopped).status())
                .as("stopped by what must not stop a run")
                .isEqualTo(BAD);
        Path torn = Files.writeString(directory.resolve("torn.jsonl"), "{\"event\":\"fault\",\"kind\":\"fre");
        TempoProcess refused = merge(one, torn);
        assertThat(refused.status()).isEqualTo(BAD);
        assertThat(refused.output())
                .startsWith("tempo: " + torn + " is no file of results")
                .hasLineCount(1);
        TempoProcess ofNothing = merge();
        assertThat(ofNothing.status()).isEqualTo(BAD);
        assertThat(ofNothing.output()).contains("--merge needs the files of results");
        TempoProcess noPart = TempoProcess.start(directory, List.of("chaos", "--part=3/2"));
        assertThat(noPart.status()).isEqualTo(BAD);
        assertThat(noPart.output()).contains("there is no part 3 of 2");
    }

    @Test
    @LongForm
    void partsOfOnePlanLeaveFilesThatAddUpToIt() {
        Path[] files = new Path[2];
        for (int part = 1; part <= files.length; part++) {
            Path out = directory.resolve("part-" + part + ".jsonl");
            files[part - 1] = out;
            TempoProcess chaos = TempoProcess.start(
                    directory,
                    List.of(
                            "chaos",
                            "--kills=2",
                            "--seed=3",
                            "--longest-freeze=5",
                            "--part=" + part + "/2",
                            "--out=" + out,
                            "--in=" + directory.resolve("chaos-" + part)));
            assertThat(chaos.status(PATIENCE)).as(chaos.output()).isZero();
            assertThat(chaos.output()).contains("results: " + out);
        }
        TempoProcess merged = merge(files);
        assertThat(merged.status()).as(merged.output()).isZero();
        assertThat(merged.output().lines()).anyMatch(line -> line.startsWith("| all | 2 |"));
    }

    private TempoProcess merge(Path... files) {
        List<String> arguments = new ArrayList<>(List.of("chaos", "--merge"));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        return TempoProcess.start(directory, arguments);
    }

    private static String fault(String kind, String outcome, double seconds) {
        return JSON.writeValueAsString(Map.of(
                        "event",
                        "fault",
                        "number",
                        1,
                        "run",
                        1,
                        "kind",
                        kind,
                        "family",
                        "kill -9",
                        "moment",
                        "in a round",
                        "done",
                        "it was struck",
                        "seen",
                        "",
                        "seconds",
                        seconds,
                        "outcome",
                        outcome))
                + "\n";
    }
}
