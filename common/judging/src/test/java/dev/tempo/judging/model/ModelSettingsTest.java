package dev.tempo.judging.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.judging.JudgeProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ModelSettingsTest {

    @Test
    void anAddressIsEnough() {
        ModelSettings settings = Objects.requireNonNull(bound(Map.of()).models().get("model"));

        assertThat(settings)
                .extracting(ModelSettings::model, ModelSettings::apiKeyEnv)
                .containsExactly("gpt-oss-120b", null);
        assertThat(settings.cacheDirectory()).hasToString("judge-cache");
    }

    @Test
    void withoutAnEntryThereIsNoJudgeModel() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("tempo.judge", JudgeProperties.class)
                        .models())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "base-url, ftp://x, base-url of a judge model must be an http(s) address ending in /v1 but is ftp://x",
        "api-key-env, sk-12-34, 'api-key-env of a judge model must be the name of an environment variable, never a key'",
        "concurrency, 0, 'concurrency of a judge model must lie in [1, 256] but is 0'",
        "requests-per-second, 0, requests-per-second of a judge model must lie in",
        "canary-share, 1.5, 'canary-share of a judge model must lie in [0, 1] but is 1.5'",
        "timeout, 0s, timeout of a judge model must be longer than 0 but is PT0S"
    })
    void whatIsWrongIsNamedWithItsValueButNoKeyIs(String field, String value, String message) {
        assertThatThrownBy(() -> bound(Map.of(field, value)))
                .rootCause()
                .hasMessageContaining(message)
                .hasMessageNotContaining("sk-12-34");
    }

    private static JudgeProperties bound(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("tempo.judge.models.model.base-url", "http://127.0.0.1:8000/v1");
        settings.forEach((field, value) -> all.put("tempo.judge.models.model." + field, value));
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("tempo.judge", JudgeProperties.class);
    }
}
