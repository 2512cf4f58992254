package dev.tempo.standalone.launch;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.VersionName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run that has not begun.
 *
 * @param id that it will have
 * @param file that the recipe was read from
 */
public record NewRun(String id, Recipe recipe, Path file, ModelReference base) {

    /**
     * Its launch, with the stages that the workspace has computed before.
     *
     * @param fresh whether they are computed again all the same
     * @param notes told where they come from, and of damaged ones
     */
    public Launch launch(
            Workspace workspace, JudgeSource judges, LaunchSettings settings, boolean fresh, Consumer<String> notes) {
        StageCache cache = new StageCache(
                workspace.stageCache(),
                Numerics.of(settings.threads(), Path.of(recipe.model())),
                PlugInFolders.here(judges.directory()));
        Optional<StageCache.Found> found = fresh ? Optional.empty() : cache.find(recipe, base.sha256(), notes);
        Run run = run(workspace, found.map(StageCache.Found::start).orElse(null));
        found.ifPresent(stage -> notes.accept("up to "
                + VersionName.of(recipe, stage.start().version()) + " all comes from run "
                + stage.start().origin() + ", which computed the same"));
        return Launch.start(
                run, settings, file, found.map(stage -> stage.reportsFor(id)).orElse(List.of()));
    }

    /**
     * Its launch with stages that another machine has computed.
     *
     * @param notes told where they come from
     */
    public Launch launch(Workspace workspace, LaunchSettings settings, StageStart start, Consumer<String> notes) {
        notes.accept("it begins with " + VersionName.of(recipe, start.version()) + " as it ships, computed by run "
                + start.origin());
        return Launch.start(run(workspace, start), settings, file, List.of());
    }

    private Run run(Workspace workspace, @Nullable StageStart start) {
        return new Run(id, RunState.ACTIVE, recipe, base, workspace.run(id).toString(), start);
    }
}
