package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunClockTest {
    @Test
    void timeGoesOnFromWhatACheckpointRemembers() {
        RunClock clock = RunClock.continued(100, 40);
        double wall = clock.wallSeconds();
        double cpu = clock.cpuSeconds();

        assertThat(wall).isGreaterThanOrEqualTo(100);
        assertThat(cpu).isGreaterThanOrEqualTo(40);
        assertThat(clock.wallSeconds()).isGreaterThanOrEqualTo(wall);
        assertThat(clock.cpuSeconds()).isGreaterThanOrEqualTo(cpu);
    }
}
