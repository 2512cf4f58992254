package dev.tempo.conformance.model;

import dev.tempo.conformance.formula.CaseResult;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.inference.SamplingSettings;
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
    private final JsonNode root;
    private final Policy policy;
    private final List<CaseResult> results;

    private ReferenceDecoding(JsonNode root, Policy policy, List<CaseResult> results) {
        this.root = root;
        this.policy = policy;
        this.results = results;
    }

    static void check(Path directory, JsonNode root, List<CaseResult> results) {
        ModelConfig config = neverEnding(new ModelDirectory(directory).config(), root);
        try (Policy policy = Policy.load(directory, config, GenerationLimits.standard())) {
            ReferenceDecoding decoding = new ReferenceDecoding(root, policy, results);
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
        return ReferenceMatch.ids(root.path("sequences").path(sequence).path("input_ids"));
    }

    /**
     * The comparison of greedy tokens, all in one batch: other prompts' lengths pad on the left, and tokens come from
     * the cache.
     */
    private void greedy() {
        JsonNode runs = root.path("greedy").path("runs");
        List<GenerationTask> tasks = new ArrayList<>();
        for (JsonNode run : runs) {
            SamplingSettings greedily =
                    new SamplingSettings(0, run.path("new_tokens").size());
            tasks.add(new GenerationTask(ids(run.path("sequence").asInt()), 0, greedily, null));
        }
        List<GeneratedResponse> generations = policy.generate(tasks);
        for (int i = 0; i < generations.size(); i++) {
            GeneratedResponse generation = generations.get(i);
            int sequence = runs.get(i).path("sequence").asInt();
            List<Integer> expected =
                    ReferenceMatch.boxed(ReferenceMatch.ids(runs.get(i).path("new_tokens")));
            results.add(new ReferenceMatch("greedy continuation of sequence " + sequence)
                    .same("tokens", ReferenceMatch.boxed(generation.responseIds()), expected)
                    .result());
            float[] whole = policy.logProbs(List.of(Sequence.of(tasks.get(i).promptIds(), generation.responseIds())))
                    .get(0);
            ReferenceMatch cached = new ReferenceMatch("decoding of sequence " + sequence + " from the cache");
            for (int t = 0; t < whole.length; t++) {
                cached.number("log p[" + t + "]", generation.logProbs()[t], whole[t], tolerance("logprob_abs"));
            }
            results.add(cached.result());
        }
    }

    private void leftPadding(JsonNode padded) {
        int length = padded.path("input_ids").path(0).size();
        List<int[]> prompts = new ArrayList<>();
        for (int row = 0; row < padded.path("input_ids").size(); row++) {
            int padding = 0;
            while (padded.path("attention_mask").get(row).get(padding).asInt() == 0) {
                padding++;
            }
            int[] ids = ReferenceMatch.ids(padded.path("input_ids").get(row));
            prompts.add(Arrays.copyOfRange(ids, padding, length));
        }
        float[][] last = policy.logitsBehind(prompts);
        for (int row = 0; row < last.length; row++) {
            JsonNode expected = padded.path("last_position_logits").path(row);
            results.add(new ReferenceMatch("row " + row + " of the left-padded batch")
                    .numbers("logits", ReferenceMatch.doubles(last[row]), expected, tolerance("logits_abs"))
                    .result());
        }
    }
}
