package dev.tempo.eval;

import static dev.tempo.eval.Verdicts.correct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.messaging.Outgoing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Files of a run that cannot be read or written for a while. */
class PostponedFilesTest {
    @TempDir
    private Path directory;

    private Instant now = Instant.EPOCH;
    private final EvaluationPlanner planner = new EvaluationPlanner(
            new EvalProperties(Duration.ofSeconds(60), Duration.ofMinutes(5), Map.of(), null, "tempo"), () -> now);

    @BeforeEach
    void measure() {
        planner.assigned(1);
        planner.caughtUp();
    }

    @Test
    void aReportThatCannotBeWrittenIsWrittenLaterAndStopsNoOtherRun() throws IOException {
        Run full = in(RunBuilder.aRun("full", directory).measuredOn("a", 1).active(), "full");
        Run other = in(RunBuilder.aRun("other", directory).measuredOn("a", 1).active(), "other");
        Path instead = Files.createFile(Path.of(full.directory()).resolve("measured"));
        begin(full);
        begin(other);

        assertThat(judged("full")).isEmpty();
        assertThat(judged("other")).extracting(Outgoing::topic).isEqualTo(List.of(Topics.EVALUATION_REPORTS));

        assertThat(planner.problems()).containsOnlyKeys("run full");
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("run full"))
                .asString()
                .contains("the report of version 0", instead.resolve("v00000.json") + " cannot be written");
        assertThat(planner.awaited())
                .extracting(Awaited::run, Awaited::from, Awaited::since)
                .containsExactly(tuple("full", "its operator", Instant.EPOCH));

        now = now.plusSeconds(1);
        assertThat(planner.retried()).as("the disk is still full").isEmpty();
        Files.delete(instead);
        now = now.plusSeconds(1);
        assertThat(planner.retried()).as("the second pause is longer").isEmpty();
        now = now.plusSeconds(1);
        assertThat(planner.retried()).extracting(Outgoing::topic).isEqualTo(List.of(Topics.EVALUATION_REPORTS));
        assertThat(instead.resolve("v00000.json")).exists();
        assertThat(planner.problems()).isEmpty();
        assertThat(planner.awaited()).isEmpty();
        assertThat(planner.retried()).isEmpty();
    }

    @Test
    void whatWasMeasuredBeforeIsReadOnceItCanBeAndNothingIsMeasuredUntilThen() throws IOException {
        Run run = in(RunBuilder.aRun("r", directory).measuredOn("a", 1).active(), "r");
        Path instead = Files.createDirectories(Path.of(run.directory()).resolve("announced/evaluation.jsonl"));

        assertThat(planner.on(run)).isEmpty();
        assertThat(planner.on(RunBuilder.version(run, 0, Map.of()))).isEmpty();

        assertThat(planner.problems().get("run r")).contains(instead.toString());
        Files.delete(instead);
        now = now.plusSeconds(1);
        assertThat(planner.retried())
                .extracting(Outgoing::topic)
                .isEqualTo(List.of(Topics.EVALUATION_ANSWERS, Topics.EVALUATION_ROLLOUT_REQUESTS));
    }

    @Test
    void aPromotionThatCannotBeKeptIsPublishedOnceItCan() throws IOException {
        Run run = in(
                RunBuilder.aRun("p", directory)
                        .measuredOn("a", 1)
                        .promoting(4, 2)
                        .active(),
                "p");
        Path instead = Files.createDirectories(Path.of(run.directory()).resolve("announced/promotions.jsonl"));
        planner.on(run);

        assertThat(planner.on(RunBuilder.version(run, 0, Map.of())))
                .extracting(Outgoing::topic)
                .isEqualTo(List.of(Topics.EVALUATION_ANSWERS, Topics.EVALUATION_ROLLOUT_REQUESTS));

        assertThat(planner.problems().get("run p")).contains(instead.toString());
        Files.delete(instead);
        now = now.plusSeconds(1);
        assertThat(planner.retried()).extracting(Outgoing::topic).isEqualTo(List.of(Topics.PROMOTIONS));
        assertThat(instead).isRegularFile();
    }

    @Test
    void aBenchmarkThatCannotBeReadIsAskedOnceItCan() throws IOException {
        Path file = directory.resolve("edited.jsonl");
        Run run = in(RunBuilder.aRun("r", directory).measuredOn("a", file).active(), "r");
        Files.writeString(file, "{\"id\": \"q0\", \"question\": ");
        planner.on(run);

        assertThat(planner.on(RunBuilder.version(run, 0, Map.of()))).isEmpty();

        assertThat(planner.problems().get("run r"))
                .contains("the benchmark of a version waits", file + ", line 1", "mend");
        assertThat(planner.awaited()).extracting(Awaited::from).containsExactly("its operator");
        Files.writeString(file, "{\"id\": \"q0\", \"question\": \"1 + 1?\", \"answer\": \"2\"}");
        assertThat(planner.retried()).as("too early").isEmpty();
        now = now.plusSeconds(1);
        assertThat(planner.retried())
                .extracting(Outgoing::topic)
                .isEqualTo(List.of(Topics.EVALUATION_ANSWERS, Topics.EVALUATION_ROLLOUT_REQUESTS));
        assertThat(planner.problems()).isEmpty();
    }

    private Run in(Run built, String name) throws IOException {
        Path own = Files.createDirectories(directory.resolve(name));
        return new Run(built.run(), built.state(), built.recipe(), built.base(), own.toString(), built.start());
    }

    private void begin(Run run) {
        planner.on(run);
        assertThat(planner.on(RunBuilder.version(run, 0, Map.of()))).isNotEmpty();
    }

    private List<Outgoing<?>> judged(String run) {
        RequestId request = new RequestId(run, 0, Purpose.EVALUATION, 0, "a/q0");
        assertThat(planner.on(correct(request.sample(0), "0"))).isEmpty();
        return planner.on(correct(request.sample(1), "0"));
    }

    private Health health() {
        OtherServices alone = new OtherServices(Map.of(), List::of, () -> now);
        return new EvalHealth(planner, new EndingRuns(new RunHistory(), () -> now), alone).health();
    }
}
