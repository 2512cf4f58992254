package dev.tempo.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A few questions of the quickstart's world and a recipe of six rounds over them. */
record TinyWorkload(Path directory) {
    static final int VERSIONS = 7;
    static final int FIRST_OF_TEST_TIME = 2;

    private static final Path QUICKSTART =
            Path.of("..", "recipes", "quickstart", "seed0").toAbsolutePath().normalize();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RECIPE = """
            name: tiny
            seed: 5
            model: %s
            data:
              labeled: {file: labeled.jsonl, id: id, split: split}
              unlabeled: {file: unlabeled.jsonl, id: id}
              rehearsal: {file: rehearsal.jsonl}
            evaluation:
              every: 2
              samples: 4
              passAt: [2, 4]
              criticQualityOn: unlabeled
              format: '(?s).{1,15}'
              sets:
                unlabeled: {file: unlabeled-answers.jsonl, id: id, isTestTimeSet: true}
                holdout: {file: holdout.jsonl, id: id}
            generation: {temperature: 1.0, maxNewTokens: 22, environment: calculator}
            judges: {default: [block-inversion]}
            stages:
              - name: stage1
                rounds: 2
                questionsFrom: labeled/train
                questions: 4
                samples: 2
                reward: verdict
                criticWarmUp: 2
                policy: {learningRate: 3e-4, miniBatch: 4, clip: [0.03, 0.05], rehearsal: 0.2, rehearsalBatch: 4}
                critic: {learningRate: 5e-4, miniBatch: 4, epochs: 2}
              - name: test-time
                rounds: 4
                questionsFrom: unlabeled
                questions: 4
                samples: 4
                reward: critic
                recalibration: {every: 2, questionsFrom: labeled, questions: 4, samples: 2}
                policy: {learningRate: 1e-4, miniBatch: 2, epochs: 2, clip: [0.03, 0.05]}
                critic: {learningRate: 5e-4, miniBatch: 4, epochs: 2}
            """;

    /** Writes the data files and tiny.yaml. */
    static TinyWorkload in(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<String> labeled = Files.readAllLines(QUICKSTART.resolve("labeled.jsonl"));
        List<String> some = new ArrayList<>(labeled.subList(0, 20));
        some.addAll(labeled.subList(labeled.size() - 20, labeled.size()));
        Files.write(directory.resolve("labeled.jsonl"), some);
        cut("unlabeled.jsonl", 12, directory);
        cut("unlabeled-answers.jsonl", 6, directory);
        cut("holdout.jsonl", 6, directory);
        cut("rehearsal.jsonl", 100, directory);
        Files.writeString(directory.resolve("tiny.yaml"), RECIPE.formatted(QUICKSTART.resolve("base")));
        return new TinyWorkload(directory);
    }

    Path recipe() {
        return directory.resolve("tiny.yaml");
    }

    /** A recipe that differs from the tiny one in some fields of its test-time stage. */
    Path variant(String name, String fields) throws IOException {
        return Files.writeString(
                directory.resolve(name + ".yaml"),
                "extends: tiny.yaml\nname: " + name + "\nstages:\n  - {name: test-time, " + fields + "}\n");
    }

    /** Writes questions for trials of promotion, from the seventh held-out one on none that is in another file. */
    void promotionQuestions(String file, int from, int to) throws IOException {
        Files.write(
                directory.resolve(file),
                Files.readAllLines(QUICKSTART.resolve("holdout.jsonl")).subList(from, to));
    }

    /** The same questions, each with the answer of another one, in D_u's benchmark and in the holdout. */
    TinyWorkload withPermutedAnswers(Path other) throws IOException {
        TinyWorkload permuted = in(other);
        permute(other.resolve("unlabeled-answers.jsonl"));
        permute(other.resolve("holdout.jsonl"));
        return permuted;
    }

    private static void permute(Path file) throws IOException {
        List<ObjectNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add((ObjectNode) JSON.readTree(line));
        }
        List<String> answers = new ArrayList<>(
                rows.stream().map(row -> row.get("answer").asString()).toList());
        Collections.rotate(answers, 1);
        for (int i = 0; i < answers.size(); i++) {
            rows.get(i).put("answer", answers.get(i));
        }
        Files.write(file, rows.stream().map(ObjectNode::toString).toList());
    }

    private static void cut(String file, int lines, Path directory) throws IOException {
        try (Stream<String> all = Files.lines(QUICKSTART.resolve(file))) {
            Files.write(directory.resolve(file), all.limit(lines).toList());
        }
    }
}
