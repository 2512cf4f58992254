package dev.tempo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Interval;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.RunOutcome;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.eval.tracking.MlflowAccess;
import dev.tempo.eval.tracking.MlflowTracker;
import dev.tempo.fixtures.TensorBoardEvents;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingRunsTest {
    private static final String HEADER = "{\"a\":{\"dtype\":\"BF16\",\"shape\":[0],\"data_offsets\":[0,0]}}";

    @TempDir
    private Path directory;

    private final RunHistory history = new RunHistory();
    private Run run = RunBuilder.aRun("r", Path.of("nowhere")).active();

    @BeforeEach
    void announce() throws IOException {
        Run built = RunBuilder.aRun("r", directory).measuredOn("holdout", 1).active();
        Path files = Files.createDirectory(directory.resolve("r"));
        run = new Run("r", built.state(), built.recipe(), built.base(), files.toString(), null);
        history.on(run);
    }

    @Test
    void aRunEndsWhenItsLastMeasurementIsThereAndItsReportIsWrittenBefore() throws IOException {
        EndingRuns ending = ending();
        publishAll(8);
        assertThat(ends(ending)).isEmpty();
        assertThat(files().metrics()).isRegularFile();
        history.on(report(8));
        writeFinal();

        assertThat(ends(ending)).containsExactly(new RunEnd("r", RunOutcome.FINISHED, 8, List.of()));
        assertThat(files().summary()).isRegularFile();
        assertThat(files().report()).isRegularFile();
        assertThat(files().finalModel().resolve("README.md")).content().contains("bfloat16", "# test, ", "(v8)");
        assertThat(ends(ending)).as("only once").isEmpty();
    }

    @Test
    void whatAKilledInstanceLeftHalfDoneIsDoneAgain() throws IOException {
        publishAll(8);
        history.on(report(8));
        writeFinal();
        ends(ending());
        byte[] summary = Files.readAllBytes(files().summary());
        byte[] metrics = Files.readAllBytes(files().metrics());
        Files.delete(files().summary());
        Files.write(files().metrics(), "{\"type\":\"pol".getBytes(StandardCharsets.UTF_8));

        assertThat(ends(ending())).hasSize(1);
        assertThat(files().summary()).hasBinaryContent(summary);
        assertThat(files().metrics()).hasBinaryContent(metrics);
    }

    @Test
    void itWaitsForTheCriticVersionsThatWereThereThen() throws IOException {
        EndingRuns ending = ending();
        AtomicBoolean read = new AtomicBoolean();
        ending.criticsReadBy(() -> read::get);
        publishAll(8);
        history.on(report(8));
        writeFinal();

        assertThat(ends(ending)).isEmpty();
        read.set(true);
        assertThat(ends(ending)).hasSize(1);
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidAndTriedAgain() throws IOException {
        EndingRuns ending = ending();
        publishAll(8);
        history.on(report(8));

        assertThat(ends(ending)).isEmpty();
        assertThat(ending.problems().get("r")).contains("final/model.safetensors cannot be read");
        assertThat(new EvalHealth(
                                new EvaluationPlanner(
                                        new EvalProperties(
                                                Duration.ofMinutes(1), Duration.ofMinutes(5), Map.of(), null, "tempo"),
                                        InstantSource.system()),
                                ending,
                                new OtherServices(Map.of(), List::of, InstantSource.system()))
                        .health()
                        .getDetails())
                .containsKey("run r");
        writeFinal();
        assertThat(ends(ending)).hasSize(1);
        assertThat(ending.problems()).isEmpty();
    }

    @Test
    void aPausedRunDoesNotEndAndACancelledOneDoesSoAtOnceAndForEver() throws IOException {
        EndingRuns ending = ending();
        publishAll(8);
        history.on(report(8));
        writeFinal();
        ending.on(run.withState(RunState.PAUSED));
        assertThat(ends(ending)).isEmpty();

        ending.on(run.withState(RunState.CANCELLED));
        assertThat(ends(ending)).containsExactly(new RunEnd("r", RunOutcome.CANCELLED, 8, List.of()));
        assertThat(files().summary()).doesNotExist();
        assertThat(files().isCancelled()).as("ls has no broker to ask").isTrue();
        ending.on(run);
        assertThat(ends(ending)).isEmpty();
    }

    @Test
    void aTrackerThatIsDownKeepsNoRunFromEndingAndIsSaid() throws IOException {
        publishAll(8);
        history.on(report(8));
        writeFinal();
        MlflowAccess nobody = MlflowAccess.of(URI.create("http://127.0.0.1:1"), name -> null);
        try (MlflowTracker tracker = new MlflowTracker(nobody, "tempo", InstantSource.system())) {
            EndingRuns ending = ending();
            ending.trackedBy(tracker, stopped -> false);

            RunEnd end = await().atMost(Duration.ofSeconds(10))
                    .until(() -> ends(ending), ends -> !ends.isEmpty())
                    .get(0);

            assertThat(end.outcome()).isEqualTo(RunOutcome.FINISHED);
            assertThat(end.notes())
                    .filteredOn(note -> note.startsWith("MLflow at http://127.0.0.1:1 has 0 of the "))
                    .hasSize(1);
            assertThat(files().report())
                    .content()
                    .contains(end.notes().get(end.notes().size() - 1));
        }
    }

    @Test
    void theEventFileHasEveryVersionAndMeasurement() throws IOException {
        publishAll(8);
        history.on(report(8));
        writeFinal();
        ends(ending());

        List<TensorBoardEvents.Event> events = TensorBoardEvents.in(TensorBoardEvents.fileIn(files().tensorBoard()));
        assertThat(events).hasSize(1 + Files.readAllLines(files().metrics()).size());
        assertThat(events)
                .filteredOn(event -> event.scalars().containsKey("actor/pg_loss"))
                .extracting(TensorBoardEvents.Event::step)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void nobodyEndsRunsBeforeAllIsKnown() throws IOException {
        publishAll(8);
        history.on(report(8));
        writeFinal();
        EndingRuns ending = new EndingRuns(history, () -> Instant.EPOCH);
        ending.on(run);
        ending.assigned();
        assertThat(ends(ending)).isEmpty();
        ending.caughtUp();
        assertThat(ends(ending)).hasSize(1);
    }

    private EndingRuns ending() {
        EndingRuns ending = new EndingRuns(history, () -> Instant.EPOCH);
        ending.assigned();
        ending.caughtUp();
        ending.on(run);
        return ending;
    }

    private static List<RunEnd> ends(EndingRuns ending) {
        List<RunEnd> ends = new ArrayList<>();
        ending.tick().forEach(outgoing -> outgoing.messages().forEach(end -> ends.add((RunEnd) end)));
        return ends;
    }

    /** All versions, and all measurements but the last. */
    private void publishAll(int last) {
        for (int version = 0; version <= last; version++) {
            history.on(RunBuilder.version(run, version, Map.of("loss", 1.0)));
            if (version < last && run.recipe().evaluates(version)) {
                history.on(report(version));
            }
        }
    }

    private EvaluationReport report(int version) {
        Score score = new Score(.5, new Interval(.4, .6));
        SetReport set = new SetReport(
                "holdout",
                1,
                2,
                score,
                Map.of(1, score, 2, score),
                score,
                0,
                0,
                0,
                0.0,
                1,
                Map.of("q0", .5),
                null,
                null);
        return new EvaluationReport("r", version, "stage", version, version == 8, List.of(set), null, 1, 1, null);
    }

    private RunDirectory files() {
        return RunDirectory.of(run);
    }

    private void writeFinal() throws IOException {
        Files.createDirectories(files().finalModel());
        byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        Files.write(files().finalModel().resolve("model.safetensors"), file.array());
    }
}
