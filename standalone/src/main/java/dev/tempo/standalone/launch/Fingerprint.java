package dev.tempo.standalone.launch;

import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.file.NamedData;
import dev.tempo.judging.Judges;
import dev.tempo.model.WeightType;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.InstructionSet;
import dev.tempo.model.device.NativeLibrary;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.plugin.Judge;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hash over everything that bears on the result of a recipe's first stages: their fields, seed, generation, judges,
 * measurements, the contents of the files they read, where training may go back what decides about that, the base's weights, thread count, native library, the machine's own
 * arithmetic and, other than by default, device, type of inference and numerics. Two runs with equal fingerprints compute the same
 * bits.
 */
public final class Fingerprint {
    /** What stands between a hash and a name in the lines of sha256sum. */
    static final String SEPARATOR = "  ";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Fingerprint() {}

    /**
     * The hash of a recipe's first stages.
     *
     * @param stages how many stages, from the first on
     * @param plugIns the jars whose judges and environment the recipe may name
     */
    public static String of(Recipe recipe, int stages, String baseSha256, Numerics numerics, PlugInFolders plugIns) {
        Map<String, Object> bearing = bearing(recipe, stages, baseSha256);
        bearing.put("threads", numerics.threads());
        bearing.put("products", numerics.digest());
        bearing.put("native", NativeLibrary.version());
        bearing.put("processor", System.getProperty("os.arch"));
        ComputeDevice device = ComputeDevice.current();
        if (device.cuda()) {
            bearing.put("device", "cuda");
        }
        if (device.inferenceType() != WeightType.FLOAT32) {
            bearing.put("inference", device.inferenceType().inConfig());
        }
        if (InstructionSet.current() != InstructionSet.NATIVE) {
            bearing.put("numerics", InstructionSet.current().inWords());
        }
        if (namesPlugIns(recipe)) {
            bearing.put("judge jars", PlugInFolders.hashes(plugIns.judges()));
        }
        if (namesPlugIn(recipe.generation().environment())) {
            Map<String, String> environments = PlugInFolders.hashes(plugIns.environments());
            if (!environments.isEmpty()) {
                bearing.put("environment jars", environments);
            }
        }
        return DigestUtils.sha256Hex(JSON.writeValueAsString(bearing));
    }

    /** The hash of a whole recipe with the contents of what it names, the same on every machine. */
    public static String ofRecipe(Recipe recipe, String baseSha256) {
        return DigestUtils.sha256Hex(
                JSON.writeValueAsString(bearing(recipe, recipe.stages().size(), baseSha256)));
    }

    /**
     * The hash of what bears on the weights after a recipe's first stages, which draw no unlabeled question, whatever is measured
     * meanwhile; the same on every machine.
     */
    public static String ofWeights(Recipe recipe, int stages, String baseSha256) {
        Map<String, Object> bearing = training(recipe, stages, baseSha256);
        bearing.put("data", contents(recipe));
        return DigestUtils.sha256Hex(JSON.writeValueAsString(bearing));
    }

    private static Map<String, Object> bearing(Recipe recipe, int stages, String baseSha256) {
        Map<String, Object> bearing = training(recipe, stages, baseSha256);
        bearing.put("evaluation", measurements(recipe));
        List<String> contents = contents(recipe);
        if (recipe.data().unlabeled() != null) {
            contents.add(recipe.data().unlabeled().at("unlabeled")
                    + dataSha256(recipe.data().unlabeled().file()));
        }
        bearing.put("data", contents);
        return bearing;
    }

    private static Map<String, Object> training(Recipe recipe, int stages, String baseSha256) {
        Map<String, Object> bearing = new TreeMap<>();
        bearing.put("base", baseSha256);
        bearing.put("base's texts", companions(recipe));
        bearing.put("seed", recipe.seed());
        bearing.put("generation", recipe.generation());
        bearing.put("judges", new TreeMap<>(recipe.judges()));
        bearing.put("stages", recipe.stages().subList(0, stages));
        if (recipe.training() != null) {
            bearing.put("training", recipe.training());
        }
        PromotionSettings promotion = recipe.promotion();
        if (promotion != null && recipe.goesBack()) {
            bearing.put(Recipe.PROMOTION_SET, promotion.at(Recipe.PROMOTION_SET));
            bearing.put("promotion questions", dataSha256(promotion.set().file()));
        }
        return bearing;
    }

    /** Config, tokenizer and template by their names: the weights' hash says nothing of them, and other tokens are other bits. */
    public static Map<String, String> companions(Recipe recipe) {
        Map<String, String> hashes = new TreeMap<>();
        Path base = Path.of(recipe.model());
        new ModelDirectory(base)
                .companions()
                .forEach(file ->
                        hashes.put((file.startsWith(base) ? "" : "adapted/") + file.getFileName(), sha256(file)));
        return hashes;
    }

    /** Whether a chain has a judge that is not built in: of a jar, or of judge-service's configuration. */
    public static boolean namesPlugIns(Recipe recipe) {
        List<String> builtIn = Judges.builtIn().stream().map(Judge::name).toList();
        return recipe.judges().values().stream().anyMatch(chain -> !builtIn.containsAll(chain));
    }

    private static boolean namesPlugIn(@Nullable String environment) {
        return environment != null && !EnvironmentJars.BUILT_IN.contains(environment);
    }

    private static Map<String, Object> measurements(Recipe recipe) {
        Map<String, Object> measured = new TreeMap<>();
        measured.put("every", recipe.evaluation().every());
        measured.put("samples", recipe.evaluation().samples());
        measured.put("passAt", recipe.evaluation().passAt());
        measured.put("criticQualityOn", String.valueOf(recipe.evaluation().criticQualityOn()));
        if (recipe.evaluation().format() != null) {
            measured.put("format", recipe.evaluation().format());
        }
        recipe.evaluation()
                .sets()
                .forEach((name, set) -> measured.put(
                        "set " + name, dataSha256(set.file()) + (set.samples() == null ? "" : " x " + set.samples())));
        return measured;
    }

    /** Of the labeled questions and the rehearsed traces. */
    private static List<String> contents(Recipe recipe) {
        List<String> hashes = new ArrayList<>();
        if (recipe.data().labeled() != null) {
            hashes.add(recipe.data().labeled().at("labeled")
                    + dataSha256(recipe.data().labeled().file()));
        }
        if (recipe.data().rehearsal() != null) {
            hashes.add(recipe.data().rehearsal().at("rehearsal")
                    + dataSha256(recipe.data().rehearsal().file()));
        }
        return hashes;
    }

    /** Hash of data that a recipe names: of the file's content, or of a directory's files with their names in it. */
    public static String dataSha256(String path) {
        NamedData data = NamedData.of(Path.of(path));
        if (!data.isDirectory()) {
            return sha256(Path.of(path));
        }
        StringBuilder files = new StringBuilder();
        data.files()
                .forEach(file -> files.append(sha256(file))
                        .append("  ")
                        .append(data.name(file))
                        .append('\n'));
        return DigestUtils.sha256Hex(files.toString());
    }

    /** Hash of a file's content, lower-case hex. */
    public static String sha256(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }

    /** A line as sha256sum writes it: the hash of a file's content, and a file's name. */
    static String line(Path named, Path content) {
        return sha256(content) + SEPARATOR + named.getFileName() + "\n";
    }
}
