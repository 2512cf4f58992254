package dev.tempo.conformance.model;

import dev.tempo.algorithm.conformance.CaseResult;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.training.OptimizerSettings;
import dev.tempo.model.training.PolicyLossSettings;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.StepStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Loss and gradients of next-token prediction held against a reference's numbers. The gradients are those of a training
 * step: AdamW's first moment with beta1 = 0.
 */
final class ReferenceGradients {
    private static final OptimizerSettings BARE = new OptimizerSettings(0, 0, .95, 0, 1e9);
    private static final double SGD_RATE = .05;

    private final ModelConfig config;
    private final JsonNode expected;
    private final List<Sequence> sequences = new ArrayList<>();
    private final double tolerance;

    private ReferenceGradients(Path model, JsonNode root) {
        config = new ModelDirectory(model).config();
        expected = root.path("gradients");
        tolerance = root.path("tolerance").path("logprob_abs").asDouble(2e-4);
        for (JsonNode row : root.path("sequences")) {
            int[] ids = ReferenceMatch.ids(row.path("input_ids"));
            sequences.add(Sequence.of(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length)));
        }
    }

    static void check(Path model, JsonNode root, List<CaseResult> results) {
        try {
            Path directory = Files.createTempDirectory("tempo-gradients");
            try {
                new ReferenceGradients(model, root).check(model, directory, results);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary directory is needed for the gradients", e);
        }
    }

    private void check(Path model, Path directory, List<CaseResult> results) throws IOException {
        Path state = directory.resolve("state");
        StepStats stats;
        try (PolicyTrainer trainer = PolicyTrainer.start(model, BARE)) {
            stats = trainer.step(
                    new PolicyMiniBatch(List.of(), List.of(), List.of(), sequences),
                    new PolicyLossSettings(PolicyLossKind.SEQUENCE_CLIP, 0, 0, Aggregation.TOKEN_MEAN, 1));
            trainer.saveState(state, Map.of());
        }
        double norm = expected.path("global_l2_norm").asDouble();
        double normTolerance = expected.path("tolerance").path("l2_norm_rel").asDouble(1e-3);
        results.add(new ReferenceMatch("loss")
                .number("loss", stats.loss(), expected.path("loss").asDouble(), tolerance)
                .number("norm of the gradient", stats.gradientNorm(), norm, normTolerance * norm)
                .result());
        TensorFile file = TensorFile.open(state);
        List<TensorWriter.Tensor> stepped = new ArrayList<>();
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            float[] gradient =
                    file.find("first_moment." + part.name(), part.shape()).toFloatArray();
            float[] weights = file.find("weights." + part.name(), part.shape()).toFloatArray();
            results.add(gradient(part.name(), gradient, normTolerance));
            stepped.add(TensorWriter.Tensor.of(part.name(), part.shape(), () -> descended(weights, gradient)));
        }
        Files.copy(model.resolve("config.json"), directory.resolve("config.json"));
        TensorWriter.write(directory.resolve(WeightFiles.WEIGHTS), Map.of(), stepped);
        double loss = expected.path("loss_after_one_sgd_step_lr_0.05").asDouble();
        results.add(new ReferenceMatch("loss after a step of plain descent")
                .number("loss", loss(directory), loss, tolerance)
                .result());
    }

    private CaseResult gradient(String name, float[] gradient, double normTolerance) {
        JsonNode reference = expected.path("per_tensor").path(name);
        double largest = 0;
        for (JsonNode entry : reference.path("entries")) {
            largest = Math.max(largest, Math.abs(entry.asDouble()));
        }
        ReferenceMatch agreement = new ReferenceMatch("gradient of " + name);
        double squares = 0;
        for (float number : gradient) {
            squares += number * (double) number;
        }
        double norm = reference.path("l2_norm").asDouble();
        agreement.number("norm", Math.sqrt(squares), norm, normTolerance * norm);
        for (Map.Entry<String, JsonNode> entry : reference.path("entries").properties()) {
            double value = entry.getValue().asDouble();
            double actual = gradient[Integer.parseInt(entry.getKey())];
            agreement.number("entry " + entry.getKey(), actual, value, 1e-3 * Math.abs(value) + 1e-4 * largest);
        }
        return agreement.result();
    }

    private static ByteBuffer descended(float[] weights, float[] gradient) {
        ByteBuffer numbers = ByteBuffer.allocateDirect(4 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < weights.length; i++) {
            numbers.putFloat((float) (weights[i] - SGD_RATE * gradient[i]));
        }
        return numbers.flip();
    }

    private double loss(Path directory) {
        try (Policy policy = Policy.load(directory)) {
            double sum = 0;
            int count = 0;
            for (float[] logProbs : policy.logProbs(sequences)) {
                count += logProbs.length;
                for (float logProb : logProbs) {
                    sum -= logProb;
                }
            }
            return sum / count;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
