package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleJvmClusterTest {
    @TempDir
    private Path directory;

    @Test
    void whatTheProcessTookBeforeARunIsNoneOfItsProcessorTime() {
        double load = 0;
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                < Duration.ofSeconds(2).toNanos()) {
            load += Math.sin(load + 1);
        }
        assertThat(load).isFinite();

        SingleJvmCluster cluster =
                new SingleJvmCluster(List.of(), new Workspace(directory), new Ports(8080), 1, List.of());

        assertThat(cluster.cpu()).isLessThan(Duration.ofSeconds(2));
    }
}
