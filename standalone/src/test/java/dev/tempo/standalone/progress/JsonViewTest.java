package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.eval.report.Provenance;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.ThisMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonViewTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;
    private final JsonView view = new JsonView(new PrintStream(printed, true, StandardCharsets.UTF_8), () -> now);

    @Test
    void everyLineIsAnEventWithTheFieldsThatThePageLists() throws IOException {
        tellAll();

        String page = Files.readString(Path.of("..", "docs", "run-events.md"));
        List<String> missing = new ArrayList<>();
        for (JsonNode event : events()) {
            String row = page.lines()
                    .filter(line -> line.startsWith("| `" + event.get("event").asString() + "` |"))
                    .findFirst()
                    .orElse("");
            event.propertyNames().stream()
                    .filter(field -> !field.equals("event") && !row.contains("`" + field + "`"))
                    .forEach(field -> missing.add(event.get("event").asString() + "." + field));
        }
        assertThat(missing).as("docs/run-events.md does not list").isEmpty();
        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .as("events that the page lists and nobody sends")
                .hasSize((int) events().stream()
                        .map(event -> event.get("event").asString())
                        .distinct()
                        .count());
    }

    @Test
    void versionsHaveTheNamesThatPeopleMeet() {
        tellAll();

        JsonNode measured = events().stream()
                .filter(event -> event.get("event").asString().equals("measurement"))
                .findFirst()
                .orElseThrow();
        assertThat(measured.get("name").asString()).isEqualTo("test-time round 10 of 100");
        assertThat(measured.get("version").asInt()).isEqualTo(40);
        assertThat(measured.at("/sets/0/set").asString()).isEqualTo("unlabeled");
        assertThat(measured.at("/sets/0/avg/value").asDouble()).isEqualTo(.5);
        assertThat(measured.at("/critic/auc").asDouble()).isEqualTo(.875);
    }

    @Test
    void progressIsToldEveryTenSecondsAndNoOftener() {
        tellAll();

        assertThat(events().stream()
                        .filter(event -> event.get("event").asString().equals("progress")))
                .hasSize(2);
    }

    private void tellAll() {
        view.note("tensors are computed with on cuda:0");
        view.begin(
                Told.run(Told.QUICKSTART),
                Told.journal(Told.QUICKSTART),
                Path.of("/runs/r/logs"),
                "http://127.0.0.1:8085");
        view.underWay("starting the broker (Kafka)");
        view.underWay("starting the broker (Kafka)");
        view.published(Told.version(40, Map.of("gradient", 3)));
        view.measured(Told.report(40, "unlabeled", "holdout"));
        for (int second = 0; second < 15; second++) {
            now = Instant.EPOCH.plusSeconds(100 + second);
            view.refresh(1000 * second, null);
        }
        view.stopping();
        view.stopped("r");
        view.finished(
                new ReportWriter(
                        Told.journal(Told.QUICKSTART), Map.of(), new Provenance("tempo 0.1.0", ThisMachine.with(""))),
                new RunDirectory(Path.of("/runs/r")));
        view.close();
    }

    private List<JsonNode> events() {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JSON::readTree)
                .toList();
    }
}
