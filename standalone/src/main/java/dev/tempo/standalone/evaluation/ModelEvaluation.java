package dev.tempo.standalone.evaluation;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.InstructionSet;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import dev.tempo.standalone.launch.PlugInFolders;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The measurement of a model alone: a recipe without stages. Its run is named by all that its numbers depend on, so that asking
 * for the same again goes on with it.
 *
 * @param passAt empty for the powers of two and {@code samples}
 */
public record ModelEvaluation(
        Measured model,
        List<PreparedBenchmark> benchmarks,
        int samples,
        List<Integer> passAt,
        Generation generation,
        long seed) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int DIGITS = 10;
    private static final int LONGEST_NAME = 60;

    public ModelEvaluation {
        benchmarks = List.copyOf(benchmarks);
        passAt = List.copyOf(passAt);
    }

    /**
     * The model that is measured.
     *
     * @param name in words
     * @param directory absolute
     * @param trainedBy the recipe of the run whose policy it is; null for a model of no run
     */
    public record Measured(
            String name, Path directory, @Nullable Recipe trainedBy) {

        /** How the run asks it; null for a model of no run. */
        public @Nullable Generation usual() {
            return trainedBy == null ? null : trainedBy.generation();
        }

        /** As it can be part of a run's id. */
        String plain() {
            String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
            return plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
        }
    }

    /**
     * The run that measures it.
     *
     * @param available asked for what the judges are, where a chain names one that is not built in
     */
    public Run run(Workspace workspace, int threads, ComputeDevice device, Supplier<AvailableJudges> available) {
        ModelReference base =
                new ModelReference(model.directory.toUri().toString(), new ModelDirectory(model.directory).sha256());
        Recipe recipe = recipe();
        Map<String, Object> bearing = bearing(recipe, base, threads, device);
        if (Fingerprint.namesPlugIns(recipe)) {
            try (AvailableJudges judges = available.get()) {
                Set<String> named =
                        recipe.judges().values().stream().flatMap(List::stream).collect(Collectors.toSet());
                bearing.put("judge settings", judges.bearing(named));
                bearing.put("judge jars", PlugInFolders.hashes(judges.directory()));
            }
        }
        String id = workspace.unspent(recipe.name() + "-"
                + DigestUtils.sha256Hex(JSON.writeValueAsString(bearing)).substring(0, DIGITS));
        return new Run(id, RunState.ACTIVE, recipe, base, workspace.run(id).toString(), null);
    }

    private Recipe recipe() {
        Map<String, EvaluationSet> sets = new LinkedHashMap<>();
        Map<String, List<String>> judges = new LinkedHashMap<>();
        for (PreparedBenchmark benchmark : benchmarks) {
            sets.put(benchmark.set(), benchmark.inRecipe());
            judges.put(benchmark.set(), benchmark.judges());
        }
        return new Recipe(
                "eval-" + model.plain(),
                seed,
                model.directory.toString(),
                null,
                new Data(null, null, null),
                new Evaluation(1, samples, passes(), sets, null),
                generation,
                judges,
                List.of());
    }

    private List<Integer> passes() {
        if (!passAt.isEmpty()) {
            return List.copyOf(new TreeSet<>(passAt));
        }
        TreeSet<Integer> passes = new TreeSet<>(List.of(samples));
        for (long k = 2; k < samples; k *= 2) {
            passes.add((int) k);
        }
        return List.copyOf(passes);
    }

    private Map<String, Object> bearing(Recipe recipe, ModelReference base, int threads, ComputeDevice device) {
        Map<String, Object> bearing = new TreeMap<>();
        bearing.put("model", base.sha256());
        bearing.put("model's texts", Fingerprint.companions(recipe));
        bearing.put("numerics", InstructionSet.current().inWords());
        bearing.put("seed", recipe.seed());
        bearing.put("samples", recipe.evaluation().samples());
        bearing.put("passAt", recipe.evaluation().passAt());
        bearing.put("generation", recipe.generation());
        bearing.put("judges", new TreeMap<>(recipe.judges()));
        bearing.put("threads", threads);
        bearing.put("device", device.toString());
        bearing.put("inference", device.inferenceType().inConfig());
        benchmarks.forEach(benchmark -> bearing.put("set " + benchmark.set(), benchmark.sha256()));
        return bearing;
    }

    /**
     * Leaves the result beside the run, and where else its user wants it.
     *
     * @param out null for nowhere else
     * @return the files that its user is told of
     */
    public static List<Path> leave(Run run, EvaluationResult result, @Nullable Path out) {
        RunDirectory directory = RunDirectory.of(run);
        result.write(directory.evaluation());
        List<Path> files = List.of(directory.evaluation(), directory.questions());
        if (out == null) {
            return files;
        }
        List<Path> copied = new ArrayList<>();
        try {
            Files.createDirectories(out);
            for (Path file : List.of(
                    directory.evaluation(),
                    directory.questions(),
                    directory.report(),
                    directory.summary(),
                    directory.submission())) {
                copied.add(Files.copy(
                        file, out.resolve(String.valueOf(file.getFileName())), StandardCopyOption.REPLACE_EXISTING));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(out + " cannot be written", unwritable);
        }
        return copied.subList(0, files.size());
    }
}
