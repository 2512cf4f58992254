package dev.tempo.eval;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Run;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a version's measurement, where this service sees the run's directory. */
final class MeasurementFiles {
    private MeasurementFiles() {}

    /**
     * Leaves the report and what it has no room for beside the run, before anybody hears that it is there: details of every version, and
     * every question where the run only measures.
     *
     * @throws java.io.UncheckedIOException naming the file that cannot be written
     */
    static void write(EvaluationRound round, EvaluationReport report, Run run) {
        if (!Files.isDirectory(Path.of(run.directory()))) {
            return;
        }
        RunDirectory files = RunDirectory.of(run);
        if (run.recipe().trains()) {
            round.detail().write(files.measured(report.version()));
        } else {
            MeasuredQuestion.write(files.questions(), round::forEachQuestion);
        }
        files.measurements().add(report.version(), Wire.write(report));
    }
}
