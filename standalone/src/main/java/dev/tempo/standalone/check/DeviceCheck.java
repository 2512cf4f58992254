package dev.tempo.standalone.check;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.planning.MemoryPlan;
import dev.tempo.model.planning.MemoryPlan.Role;
import dev.tempo.model.training.TrainingMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The memory that a recipe's roles would hold on devices of another machine, one device for each: one version loaded to
 * generate and one to value, in bfloat16, and as many sequences generated together as there is room for. Says which
 * properties make it so.
 */
public final class DeviceCheck {
    private static final double GB = 1e9;
    private static final long MIB = 1L << 20;

    private static final int MOST_DECODED = GenerationLimits.standard().rows();
    /** The bytes that CUDA takes for a process, whatever the model. */
    public static final long CONTEXT = 1L << 29;

    private final ModelConfig config;
    private final Recipe recipe;
    private final double device;

    private DeviceCheck(ModelConfig config, Recipe recipe, double device) {
        this.config = config;
        this.recipe = recipe;
        this.device = device;
    }

    /** @param bytes that every device has */
    public static DeviceCheck on(ModelConfig config, Recipe recipe, double bytes) {
        return new DeviceCheck(config, recipe, bytes);
    }

    /** @param gigabytes that every device has, of 10^9 bytes */
    public static List<Finding> of(Recipe recipe, double gigabytes) {
        ModelConfig config;
        try {
            config = new ModelDirectory(Path.of(recipe.model())).config();
        } catch (ModelFormatException saidByTheModelsOwnCheck) {
            return List.of();
        }
        return on(config, recipe, gigabytes * GB).findings();
    }

    /** What each role holds, whether it fits, and by which settings. */
    public List<Finding> findings() {
        int together = sequencesTogether();
        MemoryPlan plan = plan(Math.max(1, together));
        List<Finding> findings = new ArrayList<>();
        for (Role role : Role.values()) {
            String line = MemoryCheck.line(role, plan, GB, "GB");
            long total = plan.total(role);
            if (total + CONTEXT > device) {
                findings.add(Finding.problem(
                        "memory",
                        line + String.format(Locale.ROOT, "; a device has %.0f GB: ", device / GB) + way(role)));
            } else {
                findings.add(Finding.good("memory", line + settings(role, plan, together)));
            }
        }
        long all = 3 * CONTEXT;
        for (Role role : Role.values()) {
            all += plan(1).total(role);
        }
        findings.add(Finding.good(
                "memory",
                String.format(
                        Locale.ROOT,
                        "with one sequence at a time the three hold %.1f GB, which %s on one device of %.0f GB",
                        all / GB,
                        all <= device ? "fit together" : "do not fit together",
                        device / GB)));
        return findings;
    }

    private String way(Role role) {
        if (role == Role.ROLLOUT) {
            return "not even one sequence of " + longest()
                    + " tokens fits; shorten maxNewTokens or take a smaller model";
        }
        return recipe.training() != null && recipe.training().lora() != null
                ? "lower microBatchTokens or maxNewTokens, or take a smaller model"
                : "train an adapter (training: {lora: {rank: 16}}), or take a smaller model";
    }

    private String settings(Role role, MemoryPlan plan, int together) {
        long cache = plan.bytes(Role.ROLLOUT).getOrDefault("KV cache", 0L);
        return switch (role) {
            case ROLLOUT ->
                "; that is " + together + " sequences of " + longest() + " tokens together: set tempo.rollout.cache="
                        + (cache + MIB - 1) / MIB + "MB and tempo.rollout.policies=1";
            case CRITIC -> "; set tempo.critic.versions=1";
            case POLICY -> "";
        };
    }

    /** The most full-length sequences that fit beside the weights; 0 if none does. */
    public int sequencesTogether() {
        int most = 0;
        while (most < MOST_DECODED && plan(most + 1).total(Role.ROLLOUT) + CONTEXT <= device) {
            most++;
        }
        return most;
    }

    private int longest() {
        return MemoryCheck.longest(recipe, config);
    }

    /** The memory of the roles where so many sequences are generated together. */
    public MemoryPlan plan(int decoded) {
        return new MemoryPlan(
                config,
                TrainingMethod.of(recipe.training()),
                new MemoryPlan.Workload(longest(), MemoryCheck.miniBatch(recipe), decoded, 1, WeightType.BFLOAT16));
    }
}
