package dev.tempo.messaging.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ServiceHealthTest {

    @Test
    void nothingToComplainOfIsUp() {
        Health health = ServiceHealth.up().detail("open", 3).answer();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEqualTo(Map.of("open", 3));
    }

    @Test
    void stalledIsOutOfServiceAndSaysSo() {
        Health health =
                ServiceHealth.up().stalled("run r", "round 3 waits for 2 rows").answer();

        assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.getDetails()).isEqualTo(Map.of("run r", "stalled: round 3 waits for 2 rows"));
    }

    @Test
    void downCountsMoreThanStalledInEitherOrder() {
        assertThat(ServiceHealth.up().stalled("a", "x").down("b", "y").answer().getStatus())
                .isEqualTo(Status.DOWN);
        assertThat(ServiceHealth.up().down("b", "y").stalled("a", "x").answer().getStatus())
                .isEqualTo(Status.DOWN);
    }
}
