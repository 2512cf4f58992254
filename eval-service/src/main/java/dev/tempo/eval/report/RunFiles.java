package dev.tempo.eval.report;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.eval.tracking.EventFile;
import dev.tempo.eval.tracking.TrackedEntry;
import dev.tempo.eval.tracking.TrackedRun;
import dev.tempo.eval.tracking.TrackingOutcome;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The files that tell of a run: metrics.jsonl and TensorBoard's event file while it goes on, the report and the model card when it is
 * complete. One thread owns it.
 */
public final class RunFiles {
    private final Run run;
    private final RunDirectory directory;
    private final MetricsFile metrics;
    private final EventFile events;
    private final List<EvaluationReport> cached;
    private @Nullable TrackedRun tracked;

    /** Reads what is there of them. */
    public RunFiles(Run run, InstantSource clock) {
        this.run = run;
        directory = RunDirectory.of(run);
        metrics = new MetricsFile(directory.metrics(), clock);
        events = new EventFile(directory.tensorBoard());
        CachedMeasurements kept = read(CachedMeasurements.class, directory.cachedReports());
        cached = kept == null ? List.of() : kept.reports();
    }

    /** What was published and stands nowhere yet gets its line. */
    public void note(RunJournal journal) {
        journal.policies().forEach(metrics::add);
        journal.critics().forEach(metrics::add);
        journal.reports().stream()
                .filter(report -> !metrics.holds(report))
                .forEach(report -> metrics.add(report, systemCpuSeconds()));
        events.hold(metrics.tracked());
    }

    /** Measurements of stages that came from the cache, which may stand on no topic. */
    public List<EvaluationReport> cached() {
        return cached;
    }

    /**
     * The report with all that belongs to it; the summary, which makes the run finished, comes last.
     *
     * @param tracked what MLflow has of it; null where it was not sent there, or nobody knows
     * @return what a person has to know even without opening it
     */
    public List<String> finish(RunJournal journal, @Nullable TrackingOutcome tracked) {
        note(journal);
        if (tracked != null) {
            tracked.write(directory.mlflow());
        }
        if (run.recipe().trains()) {
            writeCard(journal.latestPolicy().orElseThrow());
        }
        ReportWriter report =
                new ReportWriter(journal, metrics.cpuSeconds(), read(Provenance.class, directory.provenance()));
        report.write(directory);
        List<String> notes = new ArrayList<>(report.alarms());
        if (tracked != null && tracked.problem() != null) {
            notes.add(tracked.words());
        }
        return notes;
    }

    /** The numbers that trackers get, one entry for each line of metrics.jsonl. */
    public List<TrackedEntry> entries() {
        return metrics.tracked();
    }

    /** What trackers show beside them. */
    public TrackedRun tracked() {
        if (tracked == null) {
            tracked = new RecipeParameters(run, directory, read(Provenance.class, directory.provenance())).tracked();
        }
        return tracked;
    }

    private void writeCard(PolicyVersion last) {
        Path model = directory.finalModel();
        StoredWeights weights = StoredWeights.in(model);
        String card = new ModelCard(run, last.version(), directory.path())
                .text(weights.adapter(), weights.type(), last.model().sha256());
        try {
            Path beside = Files.writeString(model.resolve(".README.md"), card);
            Files.move(beside, model.resolve("README.md"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(model + " cannot be written", unwritable);
        }
    }

    /** Seconds of the whole system, as its launcher has noted them; NaN where there is none. */
    private double systemCpuSeconds() {
        try {
            return Double.parseDouble(Files.readString(directory.systemCpu()).strip());
        } catch (IOException | NumberFormatException unknown) {
            return Double.NaN;
        }
    }

    private static <T> @Nullable T read(Class<T> type, Path file) {
        try {
            return Files.exists(file) ? Wire.read(type, Files.readAllBytes(file)) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        } catch (JacksonException | IllegalArgumentException torn) {
            throw new UncheckedIOException(file + " is damaged", new IOException(torn));
        }
    }
}
