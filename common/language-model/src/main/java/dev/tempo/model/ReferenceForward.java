package dev.tempo.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.algorithm.conformance.CaseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Forward passes, decoding and left padding held against a reference's numbers. */
final class ReferenceForward {
    private static final double NEARLY_ZERO = 1e-6;

    private final JsonNode root;
    private final Transformer transformer;
    private final double logitTolerance;
    private final double logProbTolerance;
    private final List<CaseResult> results;

    private ReferenceForward(JsonNode root, Transformer transformer, List<CaseResult> results) {
        this.root = root;
        this.transformer = transformer;
        this.logitTolerance = root.path("tolerance").path("logits_abs").asDouble(2e-4);
        this.logProbTolerance = root.path("tolerance").path("logprob_abs").asDouble(2e-4);
        this.results = results;
    }

    static void check(Path directory, JsonNode root, List<CaseResult> results) {
        ModelConfig config = neverEnding(new ModelDirectory(directory).config(), root);
        try (Transformer transformer = Transformer.load(directory, config, Head.VOCABULARY)) {
            ReferenceForward forward = new ReferenceForward(root, transformer, results);
            forward.sequences();
            forward.greedy();
            if (root.has("left_padding")) {
                forward.leftPadding(root.path("left_padding"));
            }
        }
    }

    /** The reference decodes on through end tokens and may write the pad: an id that it never writes ends here. */
    private static ModelConfig neverEnding(ModelConfig config, JsonNode root) {
        Set<Integer> written = new HashSet<>();
        for (JsonNode run : root.path("greedy").path("runs")) {
            run.path("new_tokens").forEach(id -> written.add(id.asInt()));
        }
        int end = 0;
        while (written.contains(end)) {
            end++;
        }
        return new ModelConfig(
                config.modelType(),
                config.hiddenSize(),
                config.layers(),
                config.attentionHeads(),
                config.keyValueHeads(),
                config.headDimension(),
                config.intermediateSize(),
                config.normEpsilon(),
                config.attention(),
                config.tiedEmbeddings(),
                config.vocabularySize(),
                config.maxPositions(),
                OptionalInt.empty(),
                List.of(end));
    }

    private int[] ids(int sequence) {
        return Agreement.ids(root.path("sequences").path(sequence).path("input_ids"));
    }

    private void sequences() {
        Measurement measurement = new Measurement(transformer);
        for (int i = 0; i < root.path("sequences").size(); i++) {
            JsonNode expected = root.path("sequences").get(i);
            int[] ids = ids(i);
            float[][] logits = measurement.logits(ids);
            Agreement rows = new Agreement("sequence " + i + " logits");
            for (Map.Entry<String, JsonNode> row : expected.path("logits").properties()) {
                float[] actual = logits[Integer.parseInt(row.getKey())];
                rows.numbers("logits " + row.getKey(), Agreement.doubles(actual), row.getValue(), logitTolerance);
            }
            results.add(rows.result());
            Sequence sequence = Sequence.of(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length));
            float[] logProbs = measurement.logProbs(List.of(sequence)).get(0);
            results.add(new Agreement("sequence " + i + " log-probabilities")
                    .numbers("log p", Agreement.doubles(logProbs), expected.path("logprobs_next"), logProbTolerance)
                    .result());
            double[] tempered = new double[ids.length - 1];
            double[] entropies = new double[ids.length];
            for (int t = 0; t < ids.length; t++) {
                double[] all = logSoftmax(logits[t], 1);
                entropies[t] = -Arrays.stream(all).map(lp -> lp * Math.exp(lp)).sum();
                if (t + 1 < ids.length) {
                    tempered[t] = logSoftmax(logits[t], .7)[ids[t + 1]];
                }
            }
            results.add(new Agreement("sequence " + i + " log-probabilities at temperature 0.7")
                    .numbers("log p", tempered, expected.path("logprobs_next_temperature_0.7"), logProbTolerance)
                    .result());
            results.add(new Agreement("sequence " + i + " entropies")
                    .numbers("entropy", entropies, expected.path("entropy"), logProbTolerance)
                    .result());
        }
    }

    private static double[] logSoftmax(float[] logits, double temperature) {
        double[] scaled = Agreement.doubles(logits);
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= temperature;
            most = Math.max(most, scaled[i]);
        }
        double sum = 0;
        for (double number : scaled) {
            sum += Math.exp(number - most);
        }
        double normaliser = most + Math.log(sum);
        Arrays.setAll(scaled, i -> scaled[i] - normaliser);
        return scaled;
    }

    /** All in one batch: other prompts' lengths pad on the left, and tokens come from the cache. */
    private void greedy() {
        JsonNode runs = root.path("greedy").path("runs");
        List<GenerationTask> tasks = new ArrayList<>();
        for (JsonNode run : runs) {
            SamplingSettings greedily =
                    new SamplingSettings(NEARLY_ZERO, run.path("new_tokens").size());
            tasks.add(new GenerationTask(ids(run.path("sequence").asInt()), 0, greedily, null));
        }
        List<Generation> generations = new Decoder(transformer).generate(tasks);
        for (int i = 0; i < generations.size(); i++) {
            Generation generation = generations.get(i);
            int sequence = runs.get(i).path("sequence").asInt();
            List<Integer> expected = Agreement.boxed(Agreement.ids(runs.get(i).path("new_tokens")));
            results.add(new Agreement("greedy continuation of sequence " + sequence)
                    .same("tokens", Agreement.boxed(generation.responseIds()), expected)
                    .result());
            float[] whole = new Measurement(transformer)
                    .logProbs(List.of(Sequence.of(tasks.get(i).promptIds(), generation.responseIds())))
                    .get(0);
            Agreement cached = new Agreement("decoding of sequence " + sequence + " from the cache");
            for (int t = 0; t < whole.length; t++) {
                cached.number("log p[" + t + "]", generation.logProbs()[t], whole[t], logProbTolerance);
            }
            results.add(cached.result());
        }
    }

    private void leftPadding(JsonNode padded) {
        int rows = padded.path("input_ids").size();
        int length = padded.path("input_ids").path(0).size();
        long[] ids = new long[rows * length];
        long[] padding = new long[rows];
        long[] from = new long[rows];
        for (int row = 0; row < rows; row++) {
            from[row] = row;
            for (int t = 0; t < length; t++) {
                ids[row * length + t] =
                        padded.path("input_ids").get(row).get(t).asLong();
                padding[row] += 1 - padded.path("attention_mask").get(row).get(t).asLong();
            }
        }
        transformer.rotary().reach(length);
        float[] last = transformer.exclusively(() -> {
            try (PtNDManager manager = Torch.newManager();
                    IValue prompts = IValue.from((PtNDArray) manager.create(ids, new Shape(rows, length)));
                    IValue blanks = IValue.from((PtNDArray) manager.create(padding, new Shape(rows)));
                    IValue all = IValue.from((PtNDArray) manager.create(from, new Shape(rows)));
                    IValue capacity = IValue.from((long) length);
                    IValue cos = IValue.from(transformer.rotary().cos());
                    IValue sin = IValue.from(transformer.rotary().sin());
                    IValue state = transformer
                            .script()
                            .run("prefill", prompts, blanks, all, capacity, weights(), cos, sin);
                    IValue hidden = IValue.from((PtNDArray) state.toNDList(manager).get(2))) {
                return transformer
                        .script()
                        .tensor(manager, "logits", hidden, weights())
                        .toFloatArray();
            }
        });
        int vocabulary = transformer.config().vocabularySize();
        for (int row = 0; row < rows; row++) {
            float[] actual = Arrays.copyOfRange(last, row * vocabulary, (row + 1) * vocabulary);
            JsonNode expected = padded.path("last_position_logits").path(row);
            results.add(new Agreement("row " + row + " of the left-padded batch")
                    .numbers("logits", Agreement.doubles(actual), expected, logitTolerance)
                    .result());
        }
    }

    private IValue weights() {
        return transformer.weights().list();
    }
}
