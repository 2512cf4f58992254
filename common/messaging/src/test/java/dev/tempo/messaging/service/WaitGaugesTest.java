package dev.tempo.messaging.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Awaited;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitGaugesTest {
    private static final String NAME = "tempo.policy.awaited.seconds";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<Awaited> waits = new ArrayList<>();

    @Test
    void theLongestWaitForEachServiceAndForAnybodyElseIsToldByItself() {
        WaitGauges.register(
                meters, seconds -> Gauge.builder(NAME, seconds), () -> waits, () -> Instant.ofEpochSecond(100));
        assertThat(meters.get(NAME).gauges()).hasSize(6).allMatch(gauge -> gauge.value() == 0);

        awaitFrom("critic-service", 90);
        awaitFrom("critic-service", 60);
        awaitFrom("its operator", 75);

        assertThat(seconds("critic-service")).isEqualTo(40);
        assertThat(seconds("others")).isEqualTo(25);
        assertThat(seconds("rollout-service")).isZero();
    }

    private void awaitFrom(String from, long since) {
        waits.add(new Awaited("run", "a row", from, Instant.ofEpochSecond(since), List.of()));
    }

    private double seconds(String from) {
        return meters.get(NAME).tag("from", from).gauge().value();
    }
}
