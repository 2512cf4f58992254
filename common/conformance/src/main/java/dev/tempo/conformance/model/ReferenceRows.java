package dev.tempo.conformance.model;

import dev.tempo.algorithm.conformance.CaseResult;
import dev.tempo.model.Sequence;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.inference.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Trajectories, padded with zeros on the left, with the log-probabilities and values that a reference gave them. */
final class ReferenceRows {
    private static final double TOLERANCE = 2e-4;

    private ReferenceRows() {}

    static void check(Path directory, JsonNode rows, List<CaseResult> results) {
        List<Sequence> sequences = new ArrayList<>();
        rows.forEach(row -> sequences.add(sequence(row)));
        boolean alone = Files.isRegularFile(directory.resolve("config.json"));
        try (Policy policy = Policy.load(alone ? directory : directory.resolve("policy"))) {
            compare(policy.logProbs(sequences), rows, "log_probs", results);
        }
        if (rows.path(0).has("values")) {
            try (Critic critic = Critic.load(alone ? directory : directory.resolve("critic"))) {
                compare(critic.values(sequences), rows, "values", results);
            }
        }
    }

    private static Sequence sequence(JsonNode row) {
        int[] ids = ReferenceMatch.ids(row.path("ids"));
        int promptEnd = row.path("prompt_length").asInt();
        int start = 0;
        while (start < promptEnd - 1 && ids[start] == 0) {
            start++;
        }
        int end = promptEnd + row.path("log_probs").size();
        return Sequence.of(Arrays.copyOfRange(ids, start, promptEnd), Arrays.copyOfRange(ids, promptEnd, end));
    }

    private static void compare(List<float[]> actual, JsonNode rows, String field, List<CaseResult> results) {
        for (int i = 0; i < actual.size(); i++) {
            results.add(new ReferenceMatch("trajectory " + i + " " + field)
                    .numbers(
                            field,
                            ReferenceMatch.doubles(actual.get(i)),
                            rows.get(i).path(field),
                            TOLERANCE)
                    .result());
        }
    }
}
