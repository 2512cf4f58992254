package dev.tempo.standalone.check;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.DeviceException;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.GenerationMemory;
import dev.tempo.model.planning.MemoryPlan;
import dev.tempo.model.training.TrainingMethod;
import dev.tempo.serving.ServingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The check of memory before anything is loaded: what a recipe's processes will hold, against what the machine has. */
public final class MemoryCheck {
    private static final double GIB = 1L << 30;
    private static final double MIB = 1L << 20;
    /** The bytes that JVMs, engine and broker take in all, whatever the model. */
    private static final long PROCESSES = 4L << 30;
    /** Tokens that a question may have; config.json does not say. */
    private static final int PROMPT = 2048;

    /** The bytes that CUDA takes on a device for three processes, whatever the model. */
    private static final long CONTEXTS = 3L << 29;

    private static final int VERSIONS = 2;

    /**
     * The memory that models are loaded into.
     *
     * @param name as in "the machine has 16 GiB"
     * @param bytes there are
     * @param taken by what runs the models
     * @param cache for keys and values
     * @param inference type of models that generate and value
     */
    record Memory(String name, long bytes, long taken, long cache, WeightType inference) {
        static Memory ofTheMachine(long bytes, WeightType inference) {
            return new Memory(
                    "the machine",
                    bytes,
                    Math.min(PROCESSES, bytes / 2),
                    GenerationLimits.standard().cacheBytes(),
                    inference);
        }

        static Memory of(ComputeDevice device, long bytes) {
            return new Memory(
                    device.toString(), bytes, CONTEXTS, GenerationLimits.cacheBytes(device), device.inferenceType());
        }
    }

    private MemoryCheck() {}

    /** The findings about memory: the GPU's where there is one and its memory is known, the machine's otherwise. */
    public static List<Finding> of(Recipe recipe) {
        ComputeDevice device;
        try {
            device = ComputeDevice.current();
        } catch (DeviceException saidByTheDevicesOwnCheck) {
            return List.of();
        }
        if (device.cuda()) {
            OptionalLong memory = device.memory();
            return memory.isPresent()
                    ? of(recipe, Memory.of(device, memory.getAsLong()))
                    : List.of(Finding.warning(
                            "memory", "of " + device + " is unknown; say it by " + MachineSettings.DEVICE_MEMORY));
        }
        long machine = MachineMemory.ofTheMachine();
        return of(recipe, Memory.ofTheMachine(machine, device.inferenceType()));
    }

    /** The findings about serving the versions of a run beside it, with the usual settings. */
    public static List<Finding> ofServing(Recipe recipe) {
        ComputeDevice device = ComputeDevice.current();
        ModelConfig config;
        try {
            config = new ModelDirectory(Path.of(recipe.model())).config();
        } catch (ModelFormatException saidByTheModelsOwnCheck) {
            return List.of();
        }
        long there = MachineMemory.bytes().orElse(Long.MAX_VALUE);
        Memory memory = device.cuda() ? Memory.of(device, there) : Memory.ofTheMachine(there, device.inferenceType());
        MemoryPlan plan =
                new MemoryPlan(config, TrainingMethod.of(recipe.training()), workload(recipe, config, memory));
        long run = Stream.of(MemoryPlan.Role.values()).mapToLong(plan::total).sum() + memory.taken;
        ServingSettings settings = ServingSettings.onLoopback(
                0,
                new GenerationLimits(GenerationLimits.cacheBytes(device), ServingSettings.ROWS),
                device.inferenceType());
        return ServingCheck.of(config, settings, run);
    }

    static List<Finding> of(Recipe recipe, Memory memory) {
        ModelConfig config;
        try {
            config = new ModelDirectory(Path.of(recipe.model())).config();
        } catch (ModelFormatException saidByTheModelsOwnCheck) {
            return List.of();
        }
        MemoryPlan plan =
                new MemoryPlan(config, TrainingMethod.of(recipe.training()), workload(recipe, config, memory));
        List<Finding> findings = new ArrayList<>();
        long sum = Stream.of(MemoryPlan.Role.values()).mapToLong(plan::total).sum();
        boolean large = sum >= GIB;
        double unit = large ? GIB : MIB;
        String name = large ? "GiB" : "MiB";
        for (MemoryPlan.Role role : MemoryPlan.Role.values()) {
            findings.add(Finding.good("memory", line(role, plan, unit, name)));
        }
        long needed = GenerationMemory.cachedBytes(config, memory.inference) * longest(recipe, config);
        if (needed > memory.cache) {
            findings.add(Finding.warning(
                    "memory",
                    String.format(
                            Locale.ROOT,
                            "a response of full length needs %.2f GiB of keys and values, but a rollout worker has %.2f"
                                    + " where tempo.rollout.cache does not say otherwise, and refuses it",
                            needed / GIB,
                            memory.cache / GIB)));
        }
        String text = String.format(
                Locale.ROOT,
                "the three hold %.2f %s and what runs them up to %.1f GiB; %s has %.1f GiB",
                sum / unit,
                name,
                memory.taken / GIB,
                memory.name,
                memory.bytes / GIB);
        findings.add(
                sum + memory.taken <= memory.bytes
                        ? Finding.good("memory", text)
                        : Finding.problem(
                                "memory",
                                text + ": train an adapter (training: {lora: {rank: 16}}), take mini-batches in parts"
                                        + " (microBatchTokens), shorten maxNewTokens, or take a smaller model"));
        return findings;
    }

    static String line(MemoryPlan.Role role, MemoryPlan plan, double unit, String name) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%s %.2f %s:", role.name().toLowerCase(Locale.ROOT), plan.total(role) / unit, name));
        String separator = " ";
        for (Map.Entry<String, Long> purpose : plan.bytes(role).entrySet()) {
            line.append(separator)
                    .append(String.format(Locale.ROOT, "%s %.2f", purpose.getKey(), purpose.getValue() / unit));
            separator = ", ";
        }
        return line.toString();
    }

    private static MemoryPlan.Workload workload(Recipe recipe, ModelConfig config, Memory memory) {
        int decoded = together(recipe, config, memory.cache, memory.inference);
        return new MemoryPlan.Workload(longest(recipe, config), miniBatch(recipe), decoded, VERSIONS, memory.inference);
    }

    /** The full-length sequences that a rollout worker generates together with so many bytes for keys and values. */
    public static int together(Recipe recipe, ModelConfig config, long cache, WeightType inference) {
        long one = GenerationMemory.cachedBytes(config, inference) * longest(recipe, config);
        return (int) Math.min(GenerationLimits.standard().rows(), Math.max(1, cache / one));
    }

    /** Tokens of the longest sequence. */
    static int longest(Recipe recipe, ModelConfig config) {
        return Math.min(config.maxPositions(), PROMPT + recipe.generation().maxNewTokens());
    }

    /** Sequences of the largest training step. */
    static int miniBatch(Recipe recipe) {
        return recipe.stages().stream()
                .mapToInt(stage -> Math.max(
                        stage.policy().miniBatch()
                                + (stage.policy().rehearsal() > 0
                                        ? stage.policy().rehearsalBatch()
                                        : 0),
                        stage.critic().miniBatch()))
                .max()
                .orElseThrow();
    }
}
