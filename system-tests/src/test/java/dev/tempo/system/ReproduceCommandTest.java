package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo reproduce} as it is typed: two methods on one seed, killed within the second. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ReproduceCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KILLED = 137;

    @TempDir
    Path directory;

    @Test
    void aKilledSuiteGoesOnAndItsSummariesGiveTheSameReport() throws IOException {
        TinyWorkload workload = TinyWorkload.in(directory.resolve("data"));
        workload.variant(
                "tiny-ttrl",
                "reward: majority-vote, recalibration: none, advantage: {baseline: group, whitening: false}");
        Workspace workspace = new Workspace(directory.resolve("workspace"));
        Files.createDirectories(workspace.root());
        Ports ports = RunningSystem.freePorts();
        Path out = directory.resolve("out");
        String[] command = {
            "reproduce",
            "--recipe=" + workload.recipe(),
            "--seeds=5",
            "--methods=tempo,ttrl",
            "--rounds=2",
            "--out=" + out,
            "--single-jvm"
        };

        TempoProcess killed = TempoProcess.start(workspace, ports, command);
        killed.await(() -> workspace.runs().size() == 2 && votes(workspace) >= 3);
        killed.kill();
        assertThat(killed.status()).isEqualTo(KILLED);
        assertThat(killed.output())
                .contains("1 of 2: TEMPO, seed 5, new, run tiny-s5-", "2 of 2: TTRL, seed 5, new, run tiny-ttrl-s5-")
                .contains("up to stage1 round 2 of 2 (v2) all comes from run tiny-s5-");
        assertThat(out.resolve("results/data/tiny-tempo-s5-r2.json")).isRegularFile();
        assertThat(out.resolve("results.html")).isRegularFile();

        TempoProcess resumed = TempoProcess.start(workspace, ports, command);
        assertThat(resumed.status()).as(resumed.output()).isZero();
        assertThat(workspace.runs()).hasSize(2);
        assertThat(resumed.output())
                .contains("1 of 2: TEMPO, seed 5, finished before, run ", "2 of 2: TTRL, seed 5, resumed, run ")
                .contains("Seed 5\n", "reproduced", "not measured    It works beyond mathematics");

        JsonNode summary = JSON.readTree(Files.readString(out.resolve("results/data/tiny-ttrl-s5-r2.json")));
        assertThat(summary.at("/by/machine/cores").asInt()).isPositive();
        assertThat(summary.at("/recipeSha256").asString()).matches("[0-9a-f]{64}");
        JsonNode last = lastOf(summary);
        assertThat(last.get("round").asInt()).isEqualTo(2);
        assertThat(last.at("/sets/unlabeled/right")).hasSize(6);
        assertThat(last.at("/sets/unlabeled/answerEntropy").asDouble(-1)).isBetween(0.0, Math.log(4));
        assertThat(last.at("/critic/reliability")).hasSize(10);
        assertThat(summary.has("posteriorGaps")).isFalse();
        JsonNode tempo = JSON.readTree(Files.readString(out.resolve("results/data/tiny-tempo-s5-r2.json")));
        assertThat(tempo.at("/distances/calibration").asDouble()).isBetween(.1, 1.0);
        tempo.path("posteriorGaps")
                .propertyNames()
                .forEach(round ->
                        assertThat(round).as("the round with an E-step").isEqualTo("0"));
        // 4 x 4 responses a round, each written once and learned from twice
        assertThat(last.get("tokens").asDouble()).isCloseTo(2 * 16 * 3 * meanLength(summary), within(1e-6));
        // TEMPO's are valued, too; and one E-step in two rounds writes 4 x 2, values them, and learns from them twice
        assertThat(lastOf(tempo).get("tokens").asDouble())
                .isCloseTo((2 * 16 * 4 + 8 * 4) * meanLength(tempo), within(1e-6));

        assertThat(lastOf(tempo).get("cpuSeconds").asDouble())
                .as("of a run that nothing has disturbed")
                .isBetween(0.0, mostProcessorSeconds(tempo, 5));
        assertThat(last.get("cpuSeconds").asDouble())
                .as("of one that a process went on with, whose start no round's time holds")
                .isBetween(0.0, mostProcessorSeconds(summary, 60));

        TempoProcess ablated = TempoProcess.start(
                workspace,
                ports,
                "reproduce",
                "--recipe=" + workload.recipe(),
                "--seeds=5",
                "--ablation=value-index,recalibration",
                "--rounds=2",
                "--out=" + out,
                "--single-jvm");
        assertThat(ablated.status()).as(ablated.output()).isZero();
        assertThat(ablated.output())
                .contains(
                        "1 of 7: TEMPO, seed 5, finished before, run ",
                        "2 of 7: value-index: after, seed 5, new, run tiny-value-after-s5-",
                        "7 of 7: recalibration: the same, and no update above Brier .10, seed 5, new, run tiny-hold-brier-10-s5-");
        assertThat(out.resolve("ablations.md"))
                .content()
                .containsPattern("\\| value-index \\| after \\| [+-]0\\.\\d{3}<br>.* \\| seed 5, round 2 \\|")
                .contains("| TEMPO: before | ", "| every round, until Brier .05, at most 4 times | ");

        Path again = directory.resolve("again");
        TempoProcess from =
                TempoProcess.start(workspace, ports, "reproduce", "--from=" + out, "--out=" + again, "--json");
        assertThat(from.status()).as(from.output()).isZero();
        assertThat(again.resolve("results.html")).hasSameBinaryContentAs(out.resolve("results.html"));
        assertThat(again.resolve("results.md")).hasSameBinaryContentAs(out.resolve("results.md"));
        TempoProcess variants =
                TempoProcess.start(workspace, ports, "reproduce", "--from=" + out, "--ablation=all", "--out=" + again);
        assertThat(variants.status()).as(variants.output()).isZero();
        assertThat(again.resolve("ablations.html")).hasSameBinaryContentAs(out.resolve("ablations.html"));
        JsonNode reproduced = JSON.readTree(from.output().strip());
        assertThat(reproduced.get("event").asString()).isEqualTo("reproduced");
        JsonNode claims = reproduced.at("/claims/seed 5");
        assertThat(claims).hasSizeGreaterThan(15);
        List<String> table = Files.readAllLines(out.resolve("results.md"));
        claims.forEach(claim -> {
            assertThat(claim.get("outcome").asString()).isIn("reproduced", "not reproduced", "not measured");
            assertThat(claim.get("evidence").asString()).isNotBlank();
            assertThat(table)
                    .anyMatch(line -> line.startsWith("| " + claim.get("words").asString())
                            && line.contains(claim.get("outcome").asString()));
        });
    }

    private static double mostProcessorSeconds(JsonNode summary, int beside) {
        return (lastOf(summary).get("wallSeconds").asDouble() + beside)
                * summary.at("/by/machine/cores").asInt();
    }

    private static JsonNode lastOf(JsonNode summary) {
        return summary.get("versions").get(summary.get("versions").size() - 1);
    }

    /** Of the measured responses at both ends of the last stage, in tokens. */
    private static double meanLength(JsonNode summary) {
        return summary.get("versions")
                .valueStream()
                .filter(version -> version.has("round"))
                .mapToDouble(
                        version -> version.at("/sets/unlabeled/responseTokens").asDouble())
                .average()
                .orElseThrow();
    }

    /** The newest version of the run by votes; -1 while there is none. */
    private static int votes(Workspace workspace) {
        return workspace.runs().stream()
                .filter(id -> id.startsWith("tiny-ttrl"))
                .flatMap(id -> new RunDirectory(workspace.run(id)).policy().versions().keySet().stream())
                .max(Integer::compare)
                .orElse(-1);
    }
}
