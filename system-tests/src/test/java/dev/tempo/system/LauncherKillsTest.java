package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./tempo run} as it is typed, whose launcher is killed again and again, while it starts and while the run goes on: broker and
 * services end by themselves. Three times, with {@code -Dtempo.long=true} fifty times.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LauncherKillsTest {
    private static final int KILLS = Boolean.getBoolean("tempo.long") ? 50 : 3;
    private static final int KILLED = 137;
    private static final int CHILDREN = 6;

    /** The kills after which a run is begun anew: one that is resumed too often would come to its end. */
    private static final int KILLS_OF_A_RUN = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path RECIPE =
            Path.of("..", "recipes", "quickstart.yaml").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void noProcessOutlivesItsLauncher() throws Exception {
        Workspace workspace = new Workspace(directory.resolve("workspace"));
        Ports ports = RunningSystem.freePorts();
        RandomGenerator random = new SplittableRandom(5);
        int started = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            TempoProcess tempo = kill % KILLS_OF_A_RUN == 0
                    ? TempoProcess.start(workspace, ports, "run", "--fresh", "--recipe=" + RECIPE)
                    : TempoProcess.start(
                            workspace,
                            ports,
                            "run",
                            "--resume=" + workspace.newest().orElseThrow());
            // While it starts, or once all are there: then services work at a run that has begun or begin with it.
            boolean starting = kill % 2 == 0;
            int wanted = starting ? random.nextInt(1, CHILDREN + 1) : CHILDREN;
            tempo.await(() -> workspace.livingProcesses().size() >= wanted);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(starting ? 500 : 10_000));

            // One that stands still starts nothing between the look and the kill.
            tempo.asSeenByTheSystem().freeze();
            List<ProcessHandle> children = tempo.descendants();
            tempo.kill();
            assertThat(tempo.status()).isEqualTo(KILLED);
            assertThat(children).isNotEmpty();
            started += children.size();

            try {
                Awaitility.await("kill " + (kill + 1) + " of " + KILLS)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
            } finally {
                children.forEach(ProcessHandle::destroyForcibly);
            }
            assertThat(workspace.livingProcesses()).isEmpty();
        }
        assertThat(started).isGreaterThan(KILLS);
    }
}
