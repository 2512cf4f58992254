package dev.tempo.conformance.model;

import dev.tempo.conformance.formula.CaseResult;
import dev.tempo.model.Head;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.NonFiniteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reference.json beside a model: what the reference classes compute with it, held against what module language-model computes.
 *
 * <p>Either an object of {@code sequences} (logits, log-probabilities, entropies), {@code greedy}, {@code left_padding}
 * and {@code gradients}, each optional but the first; or a list of trajectories with {@code ids}, {@code prompt_length},
 * {@code log_probs} and perhaps {@code values}, of the model beside it or of those in {@code policy/} and {@code critic/}.
 */
public final class ReferenceNumbers {
    private static final String CONFIG = "config.json";

    private final Path directory;
    private final JsonNode root;

    private ReferenceNumbers(Path directory, JsonNode root) {
        this.directory = directory;
        this.root = root;
    }

    /** Whether a file is such a reference, by its content and by the model beside it. */
    public static boolean recognises(Path file) {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
        if (!Files.isRegularFile(directory.resolve(CONFIG))
                && !Files.isRegularFile(directory.resolve("policy").resolve(CONFIG))) {
            return false;
        }
        try {
            JsonNode root = read(file);
            JsonNode first =
                    root.isArray() ? root.path(0) : root.path("sequences").path(0);
            return root.isArray() ? first.has("ids") && first.has("log_probs") : first.has("input_ids");
        } catch (ModelFormatException noReference) {
            return false;
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readAllBytes(file));
        } catch (JacksonException | IOException e) {
            throw new ModelFormatException(file + " is no JSON that can be read: " + e.getMessage(), e);
        }
    }

    /** Checks everything the reference has numbers of. What cannot be run is a failed case. */
    public static List<CaseResult> check(Path file) {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
        return new ReferenceNumbers(directory, read(file)).check();
    }

    private List<CaseResult> check() {
        List<CaseResult> results = new ArrayList<>();
        if (root.isArray()) {
            run("trajectories", results, found -> ReferenceRows.check(directory, root, found));
            return results;
        }
        run("files", results, found -> found.add(files()));
        run("rotary positions", results, this::rotaryPositions);
        run("forward passes", results, found -> ReferenceForward.check(directory, root, found));
        run("decoding", results, found -> ReferenceDecoding.check(directory, root, found));
        if (root.has("gradients")) {
            run("gradients", results, found -> ReferenceGradients.check(directory, root, found));
        }
        return results;
    }

    private static void run(String part, List<CaseResult> results, Consumer<List<CaseResult>> checks) {
        try {
            checks.accept(results);
        } catch (ModelFormatException | IllegalArgumentException | NonFiniteException e) {
            results.add(ReferenceMatch.failed(part, String.valueOf(e.getMessage())));
        }
    }

    private CaseResult files() {
        ModelDirectory model = new ModelDirectory(directory);
        ModelConfig config = model.config();
        model.check();
        ReferenceMatch agreement = new ReferenceMatch("files")
                .same(
                        "number of parameters",
                        config.parameters(),
                        root.path("num_parameters").asLong());
        if (root.has("file_dtype")) {
            agreement.same(
                    "type",
                    model.weightType().inFiles(),
                    root.path("file_dtype").asString());
        }
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            List<Long> shape = new ArrayList<>();
            root.path("tensors_in_file").path(part.name()).forEach(size -> shape.add(size.asLong()));
            agreement.same("shape of " + part.name(), part.shape(), shape);
        }
        return agreement.result();
    }

    private void rotaryPositions(List<CaseResult> results) {
        ModelConfig config = new ModelDirectory(directory).config();
        JsonNode ropes = root.path("debug").path("rope");
        for (LayerAttention kind : config.attentionKinds()) {
            String type = kind.window().isPresent() ? "sliding_attention" : "full_attention";
            JsonNode expected = ropes.path(ropes.has(type) ? type : "all_layers");
            if (!expected.isMissingNode()) {
                ReferenceMatch agreement = new ReferenceMatch("rotary positions of " + type)
                        .number(
                                "attention factor",
                                kind.rope().attentionFactor(),
                                expected.path("attention_scaling").asDouble(),
                                1e-6);
                double[] frequencies = kind.rope().inverseFrequencies(config.headDimension());
                agreement.same(
                        "pairs", frequencies.length, expected.path("inv_freq").size());
                for (int j = 0; j < frequencies.length; j++) {
                    double reference = expected.path("inv_freq").path(j).asDouble();
                    agreement.number("inverse frequency " + j, frequencies[j], reference, 1e-5 * reference);
                }
                results.add(agreement.result());
            }
        }
    }
}
