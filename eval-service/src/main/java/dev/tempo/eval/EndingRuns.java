package dev.tempo.eval;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.RunOutcome;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.eval.report.RunFiles;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.eval.tracking.MlflowStatus;
import dev.tempo.eval.tracking.MlflowTracker;
import dev.tempo.eval.tracking.TrackingOutcome;
import dev.tempo.messaging.Outgoing;
import dev.tempo.runs.RunDirectory;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs that have not ended yet. A run ends when its last version and every measurement that was due are there and its report
 * is written, or when its user gives it up. Like the measuring, this is done by one instance, once it is {@linkplain #assigned
 * assigned} and has {@linkplain #caughtUp caught up}; whatever it was killed in is done again. Thread-safe.
 */
public final class EndingRuns {
    private static final Logger LOG = LoggerFactory.getLogger(EndingRuns.class);

    private final RunHistory history;
    private final InstantSource clock;
    private final Map<String, Run> runs = new TreeMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, RunFiles> files = new HashMap<>();
    /** The recipes that the files were opened for: that of a run without an end has one at last. */
    private final Map<String, Recipe> openedFor = new HashMap<>();

    private final Map<String, BooleanSupplier> looks = new HashMap<>();
    private final Map<String, String> problems = new TreeMap<>();
    private Supplier<BooleanSupplier> critics = () -> () -> true;
    private @Nullable MlflowTracker tracker;
    private Predicate<String> stopped = run -> false;
    private Predicate<Run> tried = run -> true;
    private boolean assigned;
    private boolean caughtUp;

    EndingRuns(RunHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /**
     * Names the reader of critic versions: they come by another topic than what they value, and a report tells of all that were
     * there when the run was complete.
     *
     * @param reader of which each supplied question says whether it has come to where the topic ended then
     */
    public synchronized void criticsReadBy(Supplier<BooleanSupplier> reader) {
        critics = reader;
    }

    /**
     * Names the tracker that runs are sent to; an end waits for it a while.
     *
     * @param stoppedByAService of which runs another service says that it has stopped them
     */
    public synchronized void trackedBy(MlflowTracker first, Predicate<String> stoppedByAService) {
        tracker = first;
        stopped = stoppedByAService;
    }

    /**
     * Names who tries versions for promotion, which an end waits for.
     *
     * @param nothingLeft of which runs nothing is left to be tried
     */
    public synchronized void triedBy(Predicate<Run> nothingLeft) {
        tried = nothingLeft;
    }

    /** This instance alone ends runs from here on. */
    public synchronized void assigned() {
        assigned = true;
    }

    public synchronized void revoked() {
        assigned = false;
        files.clear();
        looks.clear();
        problems.clear();
    }

    /** Runs, their ends, versions and reports that were there when the service started are all known. */
    public synchronized void caughtUp() {
        caughtUp = true;
    }

    public synchronized void on(Run run) {
        runs.put(run.run(), run);
        problems.remove(run.run());
    }

    public synchronized void on(RunEnd end) {
        ended.add(end.run());
        forget(end.run());
    }

    /** The ends of those runs that have come to it; what was published meanwhile is noted in the others' files. */
    public synchronized List<Outgoing<?>> tick() {
        List<RunEnd> ends = new ArrayList<>();
        if (assigned && caughtUp) {
            for (Run announced : List.copyOf(runs.values())) {
                Run run = history.ending(announced);
                RunEnd end = ended.contains(run.run()) ? null : end(run);
                if (end != null) {
                    ends.add(end);
                    on(end);
                }
            }
        }
        return ends.isEmpty() ? List.of() : List.of(new Outgoing<>(Topics.RUN_ENDS, ends));
    }

    /** The reasons why runs cannot end, by run. */
    synchronized Map<String, String> problems() {
        return new TreeMap<>(problems);
    }

    private @Nullable RunEnd end(Run run) {
        if (run.state() == RunState.CANCELLED) {
            return written(run, this::cancelled);
        }
        return run.state() == RunState.ACTIVE ? written(run, this::finished) : null;
    }

    /** The end once what belongs to it is in the run's directory; null before, with a problem where it cannot be written. */
    private @Nullable RunEnd written(Run run, Function<Run, @Nullable RunEnd> ending) {
        try {
            RunEnd end = ending.apply(run);
            problems.remove(run.run());
            return end;
        } catch (UncheckedIOException unusable) {
            // Read again what is there before the next attempt.
            files.remove(run.run());
            String words = PostponedFiles.words(unusable);
            if (!words.equals(problems.put(run.run(), words))) {
                LOG.atError()
                        .addKeyValue("run", run.run())
                        .addKeyValue("reason", words)
                        .log("the run's files cannot be written");
            }
            return null;
        }
    }

    private @Nullable RunEnd cancelled(Run run) {
        RunDirectory.of(run).noteCancelled();
        if (tracker != null && Files.isDirectory(Path.of(run.directory()))) {
            RunFiles kept = opened(run);
            kept.note(history.journal(run));
            if (tracked(run, kept, MlflowStatus.KILLED) == null) {
                return null;
            }
        }
        return end(run, RunOutcome.CANCELLED, List.of());
    }

    private @Nullable RunEnd finished(Run run) {
        RunJournal journal = history.journal(run);
        Path directory = Path.of(run.directory());
        if (!Files.isDirectory(directory)) {
            // policy-service makes it where it sees the same file system
            if (journal.isComplete(run.firstVersion())) {
                problems.put(
                        run.run(), directory + " is not there; give eval-service the same directory as policy-service");
            }
            return null;
        }
        RunFiles kept = opened(run);
        kept.cached().forEach(journal::add);
        kept.note(journal);
        if (tracker != null) {
            tracker.follow(
                    kept.tracked(),
                    kept.entries(),
                    stopped.test(run.run()) ? MlflowStatus.FAILED : MlflowStatus.RUNNING);
        }
        if (!journal.isComplete(run.firstVersion())
                || !tried.test(run)
                || !looks.computeIfAbsent(run.run(), complete -> critics.get()).getAsBoolean()) {
            return null;
        }
        RunJournal complete = history.journal(run);
        kept.cached().forEach(complete::add);
        kept.note(complete);
        TrackingOutcome outcome = tracked(run, kept, MlflowStatus.FINISHED);
        return tracker != null && outcome == null
                ? null
                : end(run, RunOutcome.FINISHED, kept.finish(complete, outcome));
    }

    private RunFiles opened(Run run) {
        if (!run.recipe().equals(openedFor.put(run.run(), run.recipe()))) {
            files.remove(run.run());
        }
        return files.computeIfAbsent(run.run(), first -> new RunFiles(run, clock));
    }

    /** What the tracker has of a run that is over; null while the end waits for it, and where there is no tracker. */
    private @Nullable TrackingOutcome tracked(Run run, RunFiles kept, MlflowStatus status) {
        if (tracker == null) {
            return null;
        }
        tracker.follow(kept.tracked(), kept.entries(), status);
        return tracker.end(run.run(), status);
    }

    private RunEnd end(Run run, RunOutcome outcome, List<String> notes) {
        int version =
                history.journal(run).latestPolicy().map(PolicyVersion::version).orElse(run.firstVersion());
        return new RunEnd(run.run(), outcome, version, notes);
    }

    private void forget(String run) {
        files.remove(run);
        openedFor.remove(run);
        looks.remove(run);
        problems.remove(run);
    }
}
