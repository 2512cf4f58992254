package dev.tempo.standalone.progress;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The view of a run while it goes on. Implementations are thread-safe. */
public interface RunView extends AutoCloseable {

    /** A sentence for the person who waits. */
    void note(String text);

    /**
     * A run begins.
     *
     * @param logs directory of the processes' output
     * @param page address of the live page
     */
    void begin(Run run, RunJournal journal, Path logs, String page);

    /** The work that goes on before the first round, in words: "starting the broker". */
    void underWay(String what);

    /** A policy version is there, and with it the next round begins. */
    void published(PolicyVersion version);

    void measured(EvaluationReport report);

    /**
     * The state of the run at this moment.
     *
     * @param generatedTokens so far; NaN where nobody tells
     * @param trouble what a service complains of; null while all is well
     */
    void refresh(double generatedTokens, @Nullable String trouble);

    /** The run was told to stop, and does so. */
    void stopping();

    /** The run has stopped before its end. */
    void stopped(String run);

    /** The run is finished and its report written. */
    void finished(ReportWriter report, RunDirectory directory);

    /** Leaves the terminal as it should be. */
    @Override
    void close();
}
