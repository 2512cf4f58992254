package dev.tempo.messaging.service;

import dev.tempo.contract.Awaited;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.messaging.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Answers of health endpoints as something else on a service's port makes them: each is read, or is called unreadable. */
class HostileHealthTest {

    @Test
    void whateverAnswersOnAServicesPortIsHealthOrUnreadable() {
        Awaited awaited = new Awaited("r", "8 rows of round 0", "judge-service", Instant.EPOCH, List.of("q1/0"));
        Map<String, Object> details = Map.of("awaited", List.of(awaited), "run r", "stopped: a loss", "n", 3);
        Map<String, Object> component = Map.of("status", "DOWN", "details", details);
        byte[] health = Wire.write(Map.of("status", "DOWN", "components", Map.of("critic", component)));
        HostileInputs.of("health")
                .seeds(new String(health, StandardCharsets.UTF_8))
                .words("\"awaited\":", "\"missing\":[null]", "\"since\":\"x\"", "[]", "{}", "null")
                .refusedBy(NoSuchElementException.class)
                .into(input -> {
                    HealthAnswer answer = HealthAnswer.of(new String(input, StandardCharsets.UTF_8));
                    if (!answer.isReadable()) {
                        throw new NoSuchElementException(answer.status());
                    }
                    return answer.awaitedFor("r").count()
                            + answer.complaintsOf("r").size();
                });
    }
}
