package dev.tempo.messaging.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RunEventTest {

    @Test
    void everyEventIsOneLineWithTheSameKeys() {
        try (RunLines lines = new RunLines()) {
            for (RunEvent event : RunEvent.values()) {
                event.log(LoggerFactory.getLogger(RunEventTest.class), "r", 2, 3, 1.25);
            }

            assertThat(lines.of("r"))
                    .containsExactly(
                            "run begun round=2 version=3",
                            "model loaded round=2 version=3",
                            "round closed round=2 version=3",
                            "version published round=2 version=3",
                            "evaluation done round=2 version=3",
                            "run finished round=2 version=3");
            assertThat(lines.of("another")).isEmpty();
        }
    }
}
