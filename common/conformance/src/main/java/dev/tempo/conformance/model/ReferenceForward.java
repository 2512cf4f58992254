package dev.tempo.conformance.model;

import dev.tempo.algorithm.conformance.CaseResult;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.Policy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Forward passes of whole sequences held against a reference's numbers. */
final class ReferenceForward {
    private final JsonNode root;
    private final Policy policy;
    private final double logitTolerance;
    private final double logProbTolerance;
    private final List<CaseResult> results;

    private ReferenceForward(JsonNode root, Policy policy, List<CaseResult> results) {
        this.root = root;
        this.policy = policy;
        this.logitTolerance = root.path("tolerance").path("logits_abs").asDouble(2e-4);
        this.logProbTolerance = root.path("tolerance").path("logprob_abs").asDouble(2e-4);
        this.results = results;
    }

    static void check(Path directory, JsonNode root, List<CaseResult> results) {
        try (Policy policy =
                Policy.load(directory, new ModelDirectory(directory).config(), GenerationLimits.standard())) {
            new ReferenceForward(root, policy, results).sequences();
        }
    }

    private void sequences() {
        for (int i = 0; i < root.path("sequences").size(); i++) {
            JsonNode expected = root.path("sequences").get(i);
            int[] ids = ReferenceMatch.ids(expected.path("input_ids"));
            float[][] logits = policy.logits(ids);
            ReferenceMatch rows = new ReferenceMatch("sequence " + i + " logits");
            for (Map.Entry<String, JsonNode> row : expected.path("logits").properties()) {
                float[] actual = logits[Integer.parseInt(row.getKey())];
                rows.numbers("logits " + row.getKey(), ReferenceMatch.doubles(actual), row.getValue(), logitTolerance);
            }
            results.add(rows.result());
            Sequence sequence = Sequence.of(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length));
            float[] logProbs = policy.logProbs(List.of(sequence)).get(0);
            results.add(new ReferenceMatch("sequence " + i + " log-probabilities")
                    .numbers(
                            "log p", ReferenceMatch.doubles(logProbs), expected.path("logprobs_next"), logProbTolerance)
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
            results.add(new ReferenceMatch("sequence " + i + " log-probabilities at temperature 0.7")
                    .numbers("log p", tempered, expected.path("logprobs_next_temperature_0.7"), logProbTolerance)
                    .result());
            results.add(new ReferenceMatch("sequence " + i + " entropies")
                    .numbers("entropy", entropies, expected.path("entropy"), logProbTolerance)
                    .result());
        }
    }

    private static double[] logSoftmax(float[] logits, double temperature) {
        double[] scaled = ReferenceMatch.doubles(logits);
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
}
