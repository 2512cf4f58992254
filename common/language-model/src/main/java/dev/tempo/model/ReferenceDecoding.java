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
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Decoding from a cache, and prompts padded on the left, held against a reference's numbers. */
final class ReferenceDecoding {
    private static final double NEARLY_ZERO = 1e-6;

    private final JsonNode root;
    private final Transformer transformer;
    private final List<CaseResult> results;

    private ReferenceDecoding(JsonNode root, Transformer transformer, List<CaseResult> results) {
        this.root = root;
        this.transformer = transformer;
        this.results = results;
    }

    static void check(Path directory, JsonNode root, List<CaseResult> results) {
        ModelConfig config = neverEnding(new ModelDirectory(directory).config(), root);
        try (Transformer transformer = Transformer.load(directory, config, Head.VOCABULARY)) {
            ReferenceDecoding decoding = new ReferenceDecoding(root, transformer, results);
            decoding.greedy();
            if (root.has("left_padding")) {
                decoding.leftPadding(root.path("left_padding"));
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

    private double tolerance(String of) {
        return root.path("tolerance").path(of).asDouble(2e-4);
    }

    private int[] ids(int sequence) {
        return Agreement.ids(root.path("sequences").path(sequence).path("input_ids"));
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
                cached.number("log p[" + t + "]", generation.logProbs()[t], whole[t], tolerance("logprob_abs"));
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
                ids[row * length + t] = padded.path("input_ids").get(row).get(t).asLong();
                padding[row] +=
                        1 - padded.path("attention_mask").get(row).get(t).asLong();
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
                    IValue state =
                            transformer.script().run("prefill", prompts, blanks, all, capacity, weights(), cos, sin);
                    IValue hidden =
                            IValue.from((PtNDArray) state.toNDList(manager).get(2))) {
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
                    .numbers("logits", Agreement.doubles(actual), expected, tolerance("logits_abs"))
                    .result());
        }
    }

    private IValue weights() {
        return transformer.weights().list();
    }
}
