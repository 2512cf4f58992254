package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.command.FriendlyErrors;
import dev.tempo.standalone.command.TimelineCommand;
import dev.tempo.standalone.launch.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The timeline of the run that nobody disturbed, which five processes computed. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class TimelineCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RUN = "undisturbed";

    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();

    @Test
    void everyRoundHasAPathOfItsLengthThroughTheServices(RunningSystem system) {
        system.reference();

        assertThat(execute(system, RUN, "--json")).isZero();

        List<JsonNode> rounds = output.toString().lines().map(JSON::readTree).toList();
        assertThat(rounds).extracting(round -> round.get("version").asInt()).contains(1, 2, 3, 4, 5, 6);
        for (JsonNode round : rounds) {
            long length = round.get("path")
                    .valueStream()
                    .mapToLong(
                            step -> step.get("to").asLong() - step.get("from").asLong())
                    .sum();
            assertThat(length).isEqualTo(round.get("micros").asLong()).isPositive();
            // which others are on it depends on what the machine does besides
            assertThat(services(round.get("path"))).contains("policy-service").hasSizeGreaterThan(1);
            assertThat(names(round.get("work")))
                    .contains(
                            "policy epoch 1",
                            "old log-probabilities",
                            "publish policy-versions",
                            "fsync",
                            "checkpoint");
        }
        // the test-time rounds with an E-step, of which the second is no round's first
        for (int version : new int[] {3, 5}) {
            JsonNode round = rounds.stream()
                    .filter(one -> one.get("version").asInt() == version)
                    .findFirst()
                    .orElseThrow();
            assertThat(names(round.get("work")))
                    .contains(
                            "critic epoch 1",
                            "critic epoch 2",
                            "generation, labeled",
                            "generation, unlabeled",
                            "verdicts",
                            "values",
                            "SHA-256 of weights",
                            "policy version",
                            "publish critic-versions",
                            "read valued-trajectories");
            // whether anybody waits for the policy depends on who was faster
            assertThat(names(round.get("waits"))).contains("valued-trajectories");
        }
        assertThat(processes(system)).isEqualTo(processesOf(rounds.get(rounds.size() - 2)));
    }

    /** Where the platform tells what a process takes, of all that there are. */
    private static Set<String> processes(RunningSystem system) {
        return system.running().cpuByProcess().keySet();
    }

    private static Set<String> processesOf(JsonNode round) {
        return new TreeSet<>(round.get("processes").propertyNames());
    }

    @Test
    void theTraceIsOneThatChromeAndPerfettoTake(RunningSystem system) throws IOException {
        system.reference();
        Path trace = directory.resolve("trace.json");

        assertThat(execute(system, RUN, "--trace=" + trace)).isZero();

        JsonNode events = JSON.readTree(Files.readString(trace)).get("traceEvents");
        Map<String, List<JsonNode>> byPhase = events.valueStream()
                .collect(Collectors.groupingBy(event -> event.get("ph").asString()));
        assertThat(byPhase).containsOnlyKeys("X", "M");
        assertThat(byPhase.get("X")).hasSizeGreaterThan(100).allSatisfy(event -> {
            assertThat(event.get("name").asString()).isNotEmpty();
            assertThat(event.get("ts").isIntegralNumber()).isTrue();
            assertThat(event.get("dur").asLong(-1)).isNotNegative();
            assertThat(event.get("pid").isInt()).isTrue();
            assertThat(event.get("tid").isInt()).isTrue();
        });
        assertThat(byPhase.get("M"))
                .extracting(event -> event.at("/args/name").asString())
                .anySatisfy(name -> assertThat(name).startsWith("critic-service "))
                .contains("critical path");
        assertThat(output.toString())
                .contains(
                        "what a round's length is made of",
                        "policy epoch 1",
                        "idle share of each core",
                        trace.toString());
    }

    @Test
    void everyServiceLeavesItsSpansBesideTheRunAndNothingOfThemIsInItsNumbers(RunningSystem system) throws IOException {
        system.reference();

        Set<String> services;
        try (Stream<Path> files = Files.list(system.directory(RUN).resolve("timeline"))) {
            services = files.map(file -> String.valueOf(file.getFileName()).replaceAll("@.*", ""))
                    .collect(Collectors.toSet());
        }

        assertThat(services)
                .contains("launcher")
                .containsAll(Stream.of(Service.values()).map(Service::module).toList());
        assertThat(system.directory(RUN).resolve("metrics.jsonl")).content().doesNotContain("span", "timeline");
    }

    @Test
    void aPartOfTheRoundsMayBeAskedForAndNoneIsSaid(RunningSystem system) {
        system.reference();

        assertThat(execute(system, RUN, "--from=4", "--to=5")).isZero();
        assertThat(output.toString()).contains("2 rounds, v4 to v5");
        assertThat(execute(system, RUN, "--from=40")).isEqualTo(1);
        assertThat(output.toString()).contains("no whole round", "there are those that made v1 to v6");
    }

    private int execute(RunningSystem system, String... arguments) {
        return new CommandLine(new TimelineCommand())
                .setExecutionExceptionHandler(new FriendlyErrors())
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(output, true))
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--workspace="
                                        + system.directory(RUN).resolve("../..").normalize()))
                        .toArray(String[]::new));
    }

    private static List<String> names(JsonNode rows) {
        return rows.valueStream().map(row -> row.get("name").asString()).toList();
    }

    private static Set<String> services(JsonNode rows) {
        return rows.valueStream().map(row -> row.get("service").asString()).collect(Collectors.toSet());
    }
}
