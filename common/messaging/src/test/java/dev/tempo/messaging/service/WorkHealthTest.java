package dev.tempo.messaging.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.PresentWork;
import dev.tempo.timeline.SpanKind;
import dev.tempo.timeline.SpanLog;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import tools.jackson.databind.json.JsonMapper;

class WorkHealthTest {
    private final SpanLog spans = new SpanLog("critic-service");

    @Test
    void whatAServiceIsAtIsReadBackByThoseWhoAskForItsHealth() {
        assertThat(answer(new WorkHealth(spans).health()).work()).isEmpty();
        try (OpenSpan epoch =
                spans.begin(SpanKind.COMPUTATION, "critic epoch 1").of("r", 4)) {
            HealthAnswer answer = answer(new WorkHealth(spans).health());

            assertThat(answer.status()).isEqualTo("UP");
            assertThat(answer.work()).isEqualTo(spans.work());
            assertThat(answer.work()).extracting(PresentWork::name).containsExactly("critic epoch 1");
            assertThat(answer.workFor("r")).isNotEmpty();
            assertThat(answer.workFor("other")).isEmpty();
            assertThat(answer.details().get("work")).isEmpty();
        }
    }

    private static HealthAnswer answer(Health health) {
        return HealthAnswer.of(JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "status",
                        "UP",
                        "components",
                        Map.of("work", Map.of("status", "UP", "details", health.getDetails())))));
    }
}
