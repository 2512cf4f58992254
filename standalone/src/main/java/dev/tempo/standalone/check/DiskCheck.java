package dev.tempo.standalone.check;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.planning.MemoryPlan;
import dev.tempo.model.training.TrainingMethod;
import dev.tempo.runs.NeededVersions;
import dev.tempo.runs.PromotedCheckpoints;
import dev.tempo.runs.PromotionFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The check of disk space before a run begins: the weights that a run of the recipe keeps at most, against what is free. What else it
 * writes does not grow with the model.
 */
public final class DiskCheck {
    private static final double GIB = 1L << 30;
    private static final double MIB = 1L << 20;

    /** The newest checkpoint, the one before it, and one that is being written. */
    private static final int CHECKPOINTS = 3;

    /** Weights and an optimizer's two moments, in units of the weights. */
    private static final int CHECKPOINT = 3;

    private DiskCheck() {}

    /**
     * The finding about the disk of a workspace; none where the recipe trains nothing.
     *
     * @param workspace that may be still to be made
     */
    public static List<Finding> of(Recipe recipe, Path workspace) {
        Path there = MachineCheck.existing(workspace.toAbsolutePath());
        try {
            return of(
                    recipe,
                    new ModelDirectory(Path.of(recipe.model())).config(),
                    there,
                    there.toFile().getUsableSpace());
        } catch (ModelFormatException saidByTheModelsOwnCheck) {
            return List.of();
        }
    }

    static List<Finding> of(Recipe recipe, ModelConfig config, Path there, long free) {
        if (!recipe.trains()) {
            return List.of();
        }
        MemoryPlan plan = new MemoryPlan(
                config, TrainingMethod.of(recipe.training()), new MemoryPlan.Workload(1, 1, 1, 1, WeightType.FLOAT32));
        long policy = plan.version(MemoryPlan.Role.POLICY);
        long critic = plan.version(MemoryPlan.Role.CRITIC);
        long whole = config.parameters() * Float.BYTES;
        int kept = NeededVersions.atMost(recipe);
        long stages = recipe.stages().size() * (policy + critic);
        long least = (NeededVersions.NEWEST + CHECKPOINTS * CHECKPOINT) * (policy + critic) + stages + whole;
        long most = least
                + (kept - NeededVersions.NEWEST) * (policy + critic)
                + (recipe.goesBack() ? PromotedCheckpoints.KEPT * CHECKPOINT * policy : stages)
                + (recipe.promotion() == null ? 0 : PromotionFiles.KEPT * policy);
        boolean large = most >= GIB;
        double unit = large ? GIB : MIB;
        String text = String.format(
                Locale.ROOT,
                "a run keeps up to %.1f %s of weights: %d versions each of policy (%.2f) and critic (%.2f), checkpoints"
                        + " of three times that; %.1f GiB are free in %s",
                most / unit,
                large ? "GiB" : "MiB",
                kept,
                policy / unit,
                critic / unit,
                free / GIB,
                there);
        if (free < least) {
            return List.of(Finding.problem(
                    "disk", text + "; free some, pass --workspace, or train an adapter (training: {lora: …})"));
        }
        return List.of(
                free < most
                        ? Finding.warning(
                                "disk",
                                text + "; when nothing is left the run stops and says so, and goes on by --resume; a"
                                        + " larger evaluation.every keeps fewer versions")
                        : Finding.good("disk", text));
    }
}
