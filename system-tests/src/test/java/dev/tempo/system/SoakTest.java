package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run of {@code -Dsoak.rounds} rounds, 2,000 by default, as {@code ./tempo run} makes it: its processes must not grow. It prints
 * the memory of each (PSS, so that what they share counts once) and what lies on the disk.
 */
@LongForm
@EnabledOnOs(OS.LINUX)
@Timeout(value = 5, unit = TimeUnit.HOURS)
class SoakTest {
    private static final int ROUNDS = Integer.getInteger("soak.rounds", 2_000);
    private static final int POINTS = 20;

    /** What the collector has not taken back yet differs from one look to the next. */
    private static final double TOLERANCE = 1.10;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "--single-jvm"})
    void noProcessGrowsWithTheRounds(String mode) throws IOException {
        TinyWorkload workload = TinyWorkload.in(directory.resolve("workload"));
        Path recipe = workload.variant("soak", "rounds: " + (ROUNDS - TinyWorkload.FIRST_OF_TEST_TIME));
        Workspace workspace = new Workspace(Files.createDirectories(directory.resolve("workspace")));
        Ports ports = RunningSystem.freePorts();
        List<String> arguments = new ArrayList<>(List.of("run", "--recipe=" + recipe));
        if (!mode.isEmpty()) {
            arguments.add(mode);
        }
        TempoProcess tempo = TempoProcess.start(workspace, ports, arguments.toArray(String[]::new));
        List<Map<String, Long>> points = new ArrayList<>();
        for (int point = 1; point < POINTS; point++) {
            int version = ROUNDS * point / POINTS;
            tempo.await(() -> RunTraces.newestPolicy(workspace) >= version);
            points.add(memory(tempo));
            System.out.printf(
                    "version %d: %d MB, %s, %d MB on the disk%n",
                    version, sum(points.get(point - 1)), points.get(point - 1), KeptRun.size(workspace.root()) >> 20);
        }
        assertThat(tempo.status()).as(tempo.output()).isZero();

        int settled = POINTS / 4;
        long before = points.subList(0, settled).stream()
                .mapToLong(SoakTest::sum)
                .max()
                .orElseThrow();
        assertThat(points.subList(settled, points.size()))
                .extracting(SoakTest::sum)
                .allSatisfy(later -> assertThat((double) later).isLessThan(before * TOLERANCE));
    }

    private static long sum(Map<String, Long> memory) {
        return memory.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Megabytes by process. */
    private static Map<String, Long> memory(TempoProcess tempo) {
        Map<String, Long> memory = new TreeMap<>();
        memory.put("launcher", tempo.asSeenByTheSystem().proportionalKilobytes() >> 10);
        for (ProcessHandle child : tempo.children()) {
            ServiceProcess process = new ServiceProcess(child.pid());
            String main = process.command().stream()
                    .filter(word -> word.startsWith("dev.tempo."))
                    .findFirst()
                    .orElse("other");
            memory.put(main.substring(main.lastIndexOf('.') + 1), process.proportionalKilobytes() >> 10);
        }
        return memory;
    }
}
