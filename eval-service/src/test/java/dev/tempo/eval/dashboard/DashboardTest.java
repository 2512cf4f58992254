package dev.tempo.eval.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = DashboardPreview.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DashboardTest {
    @LocalServerPort
    private int port;

    @Autowired
    private DashboardController dashboard;

    @Test
    void thePageNeedsNothingFromElsewhere() throws IOException {
        String page = dashboard.page().getContentAsString(StandardCharsets.UTF_8);

        assertThat(page).startsWith("<!doctype html>").doesNotContain("src=", "<link", "@import", "url(");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
    }

    @Test
    void theRunThatWasHeardOfLastComesFirst() {
        assertThat(get("/api/runs"))
                .extracting(run -> run.get("run").asString())
                .first()
                .isEqualTo("quickstart-seed0");
    }

    @Test
    void aRunShowsItsStagesItsScoresAndItsStatistics() {
        JsonNode run = get("/api/runs/quickstart-seed0");

        assertThat(run.at("/summary/stage").asString()).isEqualTo("tempo");
        assertThat(run.at("/summary/version").asInt()).isEqualTo(66);
        assertThat(run.at("/summary/name").asString()).isEqualTo("tempo round 26 of 40 (v66)");
        assertThat(run.at("/names/0").asString()).isEqualTo("base (v0)");
        assertThat(run.at("/names/40").asString()).isEqualTo("stage1 round 40 of 40 (v40)");
        assertThat(run.at("/names/66")).isEqualTo(run.at("/summary/name"));
        assertThat(run.get("names")).hasSize(run.at("/summary/rounds").asInt() + 1);
        assertThat(run.at("/sets/0").asString()).isEqualTo("unlabeled");
        assertThat(run.at("/stages/1/first").asInt()).isEqualTo(40);
        assertThat(run.at("/stages/1/reward").asString()).isEqualTo("critic");
        assertThat(run.get("reports")).hasSize(14);
        assertThat(run.at("/reports/0/origin").asString()).isEqualTo("quickstart-seed0-stage1");
        assertThat(run.at("/policies/66/statistics").has("approx.kl")).isTrue();
    }

    @Test
    void whatARunWaitsForIsShownAndWhoDoesNotAnswer() {
        JsonNode waits = get("/api/runs/quickstart-seed0/waits");

        assertThat(waits.get("standsStill").asBoolean()).isTrue();
        assertThat(waits.at("/silent/0/service").asString()).isEqualTo("rollout-service");
        assertThat(waits.get("waits"))
                .extracting(wait -> wait.get("by").asString())
                .containsExactly("judge-service", "critic-service", "eval-service");
        JsonNode critic = waits.at("/waits/1");
        assertThat(critic.get("what").asString()).isEqualTo("12 of 256 labeled rows of tempo round 27 of 40");
        assertThat(critic.get("from").asString()).isEqualTo("rollout-service");
        assertThat(critic.get("since").asString()).startsWith("20");
        assertThat(critic.get("seconds").asInt()).isGreaterThanOrEqualTo(95);
        assertThat(critic.at("/missing/0").asString()).isEqualTo("labeled/1041/0");
        assertThat(critic.get("isLong").asBoolean()).isTrue();
        assertThatThrownBy(() -> get("/api/runs/nobody/waits")).isInstanceOf(HttpClientErrorException.NotFound.class);
    }

    @Test
    void aRunWithoutVersionsIsShownToo() {
        assertThat(get("/api/runs/empty-seed2").get("reports")).isEmpty();
    }

    @Test
    void theTimelineOfARunIsThatOfItsLatestRounds() {
        JsonNode timeline = get("/api/runs/quickstart-seed0/timeline");

        assertThat(timeline.get("first").asInt()).isEqualTo(65);
        assertThat(timeline.get("last").asInt()).isEqualTo(66);
        assertThat(timeline.at("/mean/rounds").asInt()).isEqualTo(2);
        assertThat(timeline.at("/mean/path"))
                .extracting(step ->
                        step.get("kind").asString() + " " + step.get("name").asString())
                .contains("computation policy epoch 1", "messaging publish policy-versions");
        assertThat(timeline.at("/mean/idle")).isEmpty();
        assertThat(get("/api/runs/empty-seed2/timeline").get("mean").isNull()).isTrue();
        assertThatThrownBy(() -> get("/api/runs/nobody/timeline"))
                .isInstanceOf(HttpClientErrorException.NotFound.class);
    }

    @Test
    void whatARunHasServedIsShownWithItsTrials() {
        JsonNode served = get("/api/runs/quickstart-seed0/served");

        assertThat(served.get("answers").asInt()).isEqualTo(600);
        assertThat(served.get("curve")).hasSizeGreaterThan(500);
        assertThat(served.get("versions"))
                .extracting(version -> version.get("version").asInt())
                .containsExactly(40, 45, 55);
        assertThat(served.get("latest").asDouble())
                .isGreaterThan(served.get("first").asDouble());
        assertThat(served.get("promotions"))
                .extracting(trial -> trial.get("outcome").asString())
                .containsExactly("promoted", "promoted", "undecided", "promoted");
        // 150 answers, two seconds each
        assertThat(served.at("/promotions/1/seconds").asDouble()).isEqualTo(300);
        assertThat(served.at("/promotions/0/candidate").isNull()).isTrue();
        assertThat(get("/api/runs/empty-seed2/served").get("answers").asInt()).isZero();
        assertThatThrownBy(() -> get("/api/runs/nobody/served")).isInstanceOf(HttpClientErrorException.NotFound.class);
    }

    @Test
    void aRunThatNobodyKnowsIsNotFound() {
        assertThatThrownBy(() -> get("/api/runs/nobody")).isInstanceOf(HttpClientErrorException.NotFound.class);
    }

    private JsonNode get(String path) {
        String body = RestClient.create("http://127.0.0.1:" + port)
                .get()
                .uri(path)
                .retrieve()
                .body(String.class);
        return JsonMapper.shared().readTree(body);
    }
}
