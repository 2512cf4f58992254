package dev.tempo.standalone.check;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.MemoryPlan;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelDirectory;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.TrainingMethod;
import dev.tempo.model.WeightType;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a recipe's processes will hold in memory, before anything is loaded, against what the machine has. */
public final class MemoryCheck {
    private static final double GIB = 1L << 30;
    /** What JVM, engine and broker take in all, whatever the model. */
    private static final long PROCESSES = 4L << 30;
    /** Tokens that a question may have; config.json does not say. */
    private static final int PROMPT = 1024;

    private static final int MOST_DECODED = 256;
    private static final long CACHE_BYTES = 512L << 20;
    private static final int VERSIONS = 2;

    private MemoryCheck() {}

    public static List<Finding> of(Recipe recipe) {
        long machine =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : Long.MAX_VALUE;
        return of(recipe, machine);
    }

    /** @param machine bytes that there are */
    static List<Finding> of(Recipe recipe, long machine) {
        ModelConfig config;
        try {
            config = new ModelDirectory(Path.of(recipe.model())).config();
        } catch (ModelFormatException saidByTheModelsOwnCheck) {
            return List.of();
        }
        MemoryPlan plan = new MemoryPlan(config, TrainingMethod.of(recipe.training()), workload(recipe, config));
        List<Finding> findings = new ArrayList<>();
        long sum = 0;
        for (MemoryPlan.Role role : MemoryPlan.Role.values()) {
            sum += plan.total(role);
            findings.add(Finding.good("memory", line(role, plan)));
        }
        long processes = Math.min(PROCESSES, machine / 2);
        String text = String.format(
                Locale.ROOT,
                "the three hold %.2f GiB and what runs them up to %.1f GiB; the machine has %.1f GiB",
                sum / GIB,
                processes / GIB,
                machine / GIB);
        findings.add(
                sum + processes <= machine
                        ? Finding.good("memory", text)
                        : Finding.problem(
                                "memory",
                                text + ": train an adapter (training: {lora: {rank: 16}}), take mini-batches in parts"
                                        + " (microBatchTokens), shorten maxNewTokens, or take a smaller model"));
        return findings;
    }

    private static String line(MemoryPlan.Role role, MemoryPlan plan) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%s %.2f GiB:", role.name().toLowerCase(Locale.ROOT), plan.total(role) / GIB));
        String separator = " ";
        for (Map.Entry<String, Long> purpose : plan.bytes(role).entrySet()) {
            line.append(separator)
                    .append(String.format(Locale.ROOT, "%s %.2f", purpose.getKey(), purpose.getValue() / GIB));
            separator = ", ";
        }
        return line.toString();
    }

    private static MemoryPlan.Workload workload(Recipe recipe, ModelConfig config) {
        int longest =
                Math.min(config.maxPositions(), PROMPT + recipe.generation().maxNewTokens());
        int miniBatch = recipe.stages().stream()
                .mapToInt(stage -> Math.max(
                        stage.policy().miniBatch()
                                + (stage.policy().rehearsal() > 0
                                        ? stage.policy().rehearsalBatch()
                                        : 0),
                        stage.critic().miniBatch()))
                .max()
                .orElseThrow();
        long perToken = 2L * Float.BYTES * config.layers() * config.keyValueHeads() * config.headDimension();
        long fitting = Math.max(1, CACHE_BYTES / (perToken * longest));
        return new MemoryPlan.Workload(
                longest, miniBatch, (int) Math.min(MOST_DECODED, fitting), VERSIONS, WeightType.FLOAT32);
    }
}
