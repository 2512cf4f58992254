package dev.tempo.eval;

import static dev.tempo.eval.Verdicts.correct;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.Outgoing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measurements whose reports the broker has lost. */
class LostReportsTest {
    @TempDir
    private Path directory;

    private Run run = RunBuilder.aRun("unused", Path.of("unused")).active();
    private List<Outgoing<?>> reported = List.of();

    @BeforeEach
    void measure() {
        Run built = RunBuilder.aRun("r", directory).measuredOn("a", 1).active();
        run = new Run(built.run(), built.state(), built.recipe(), built.base(), directory.toString(), built.start());
        EvaluationPlanner planner = planner();
        planner.on(version());
        RequestId request = new RequestId("r", 0, Purpose.EVALUATION, 0, "a/q0");
        planner.on(correct(request.sample(0), "0"));
        reported = planner.on(correct(request.sample(1), "0"));
        assertThat(reported).extracting(Outgoing::topic).isEqualTo(List.of(Topics.EVALUATION_REPORTS));
    }

    @Test
    void theyArePublishedAgainWordForWordAndNothingIsMeasuredAgain() {
        assertThat(again()).isEqualTo(reported);
    }

    @Test
    void whatWasKeptAndIsDamagedIsMeasuredAgain() throws IOException {
        Path kept = directory.resolve("announced/evaluation.jsonl");
        Files.writeString(kept, Files.readString(kept).replace("\"version\":0", "\"version\":2"));
        assertThat(again())
                .extracting(Outgoing::topic)
                .isEqualTo(List.of(Topics.EVALUATION_ANSWERS, Topics.EVALUATION_ROLLOUT_REQUESTS));
    }

    @Test
    void aReportThatTheBrokerHoldsIsNotPublishedAgain() {
        EvaluationPlanner planner = new EvaluationPlanner(properties(), () -> Instant.EPOCH);
        planner.on((EvaluationReport) reported.get(0).messages().iterator().next());
        planner.on(run);
        planner.on(version());
        assertThat(planner.assigned(1)).isEmpty();
        assertThat(planner.caughtUp()).isEmpty();
    }

    private List<Outgoing<?>> again() {
        EvaluationPlanner planner = new EvaluationPlanner(properties(), () -> Instant.EPOCH);
        planner.on(run);
        planner.on(version());
        List<Outgoing<?>> outgoing = new ArrayList<>(planner.assigned(1));
        outgoing.addAll(planner.caughtUp());
        return outgoing;
    }

    private EvaluationPlanner planner() {
        EvaluationPlanner planner = new EvaluationPlanner(properties(), () -> Instant.EPOCH);
        planner.assigned(1);
        planner.caughtUp();
        planner.on(run);
        return planner;
    }

    private static EvalProperties properties() {
        return new EvalProperties(Duration.ofSeconds(60), Duration.ofMinutes(5), Map.of(), null, "tempo");
    }

    private PolicyVersion version() {
        return RunBuilder.version(run, 0, Map.of());
    }
}
