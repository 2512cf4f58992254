package dev.tempo.standalone.reproduce;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.reproduction.FinishedRun;
import dev.tempo.eval.reproduction.MethodSummary;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.check.MachineCheck;
import dev.tempo.standalone.command.Place;
import dev.tempo.standalone.command.RecipeFitness;
import dev.tempo.standalone.launch.Fingerprint;
import dev.tempo.standalone.launch.JudgeSource;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.launch.NewRun;
import dev.tempo.standalone.launch.Numerics;
import dev.tempo.standalone.launch.PlugInFolders;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.launch.WorkspaceLock;
import dev.tempo.standalone.progress.RunView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sees planned runs through, one at a time, by the launcher of {@code ./tempo run}. A run's id follows from all that its numbers
 * depend on, so that the same plan goes on with what it began.
 */
final class Suite {
    private static final int DIGITS = 8;
    private static final int SILENT_CHECKS = 30;

    private final Place place;
    private final Workspace workspace;
    private final WorkspaceLock lock;
    private final ComputeDevice device;
    private final int threads;
    private final boolean singleJvm;
    private final Path data;
    private final List<Path> kept;

    /**
     * @param data the directory of the summaries
     * @param others directories that may have some of them, too
     */
    Suite(
            Place place,
            WorkspaceLock lock,
            ComputeDevice device,
            int threads,
            boolean singleJvm,
            Path data,
            List<Path> others) {
        this.place = place;
        this.workspace = place.workspace();
        this.lock = lock;
        this.device = device;
        this.threads = threads;
        this.singleJvm = singleJvm;
        this.data = data;
        kept = Stream.concat(Stream.of(data), others.stream()).toList();
    }

    /** What stands of a planned run, with its model made where that was missing. */
    record Begun(PlannedRun planned, String id, ModelReference base, String recipeSha256) {}

    /** @param view told where a base model has to be made first */
    Begun begin(PlannedRun planned, RunView view) {
        RecipeFitness.makeMissingBase(planned.recipe(), view::note, view::underWay);
        planned.ownData().run();
        ModelReference base = RecipeFitness.base(planned.recipe());
        try (AvailableJudges judges = JudgeSource.find(null, null)) {
            String fingerprint = Fingerprint.of(
                    planned.recipe(),
                    planned.recipe().stages().size(),
                    base.sha256(),
                    Numerics.of(threads, Path.of(planned.recipe().model())),
                    PlugInFolders.here(judges.directory()));
            return new Begun(
                    planned,
                    workspace.unspent(
                            planned.recipe().name() + "-s" + planned.seed() + "-" + fingerprint.substring(0, DIGITS)),
                    base,
                    Fingerprint.ofRecipe(planned.recipe(), base.sha256()));
        }
    }

    /** The summary of a run that has been finished before, from its file or from the run's own; empty if it has not. */
    Optional<MethodSummary> finished(Begun begun) {
        return begun.planned
                .known(kept, begun.base.sha256())
                .map(this::kept)
                .or(() -> ReportWriter.isFinished(workspace.run(begun.id))
                        ? Optional.of(summarised(begun))
                        : Optional.empty());
    }

    /** What another directory had is kept with the others. */
    private MethodSummary kept(MethodSummary summary) {
        summary.write(data);
        return summary;
    }

    private MethodSummary summarised(Begun begun) {
        Run run = Launch.submission(workspace, begun.id);
        MethodSummary summary =
                new FinishedRun(run).summary(begun.planned.world(), begun.planned.method(), begun.recipeSha256);
        begun.planned.putAside(data, begun.base.sha256());
        summary.write(data);
        return summary;
    }

    /** Whether a launch was stopped within a run, which the next one goes on with. */
    boolean isUnfinished(Begun begun) {
        return Files.isRegularFile(new RunDirectory(workspace.run(begun.id)).submission());
    }

    /** Runs it, or goes on with it; empty when it was stopped before its end. */
    Optional<MethodSummary> run(Begun begun, RunView view) {
        RecipeFitness.refuse(MachineCheck.of(place.ports(), workspace.root()));
        JudgeSource source;
        Launch launch;
        try (AvailableJudges judges = JudgeSource.find(null, null)) {
            source = new JudgeSource(judges.directory(), null);
            RecipeFitness.check(begun.planned.recipe(), judges);
            launch = isUnfinished(begun)
                    ? Launch.resume(workspace, begun.id, threads, device)
                    : new NewRun(begun.id, begun.planned.recipe(), begun.planned.file(), begun.base)
                            .launch(workspace, source, source.settings(threads, device), false, view::note);
        }
        boolean finished =
                launch.execute(Place.home(), workspace, lock, place.ports(), singleJvm, source, SILENT_CHECKS, view);
        return finished ? Optional.of(summarised(begun)) : Optional.empty();
    }
}
