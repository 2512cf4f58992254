package dev.tempo.standalone.launch;

import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recipe with its data files, each a line long, in a directory of its own. */
final class Example {
    private static final String RECIPE = """
            name: example
            seed: 5
            model: base
            data:
              labeled: {file: labeled.jsonl}
              unlabeled: {file: unlabeled.jsonl}
              rehearsal: {file: rehearsal.jsonl}
            evaluation: {every: 2, samples: 4, sets: {holdout: {file: holdout.jsonl}}}
            generation: {temperature: 1.0, maxNewTokens: 22}
            judges: {default: [block-inversion]}
            stages:
              - name: stage1
                rounds: 2
                questionsFrom: labeled
                questions: 1
                samples: 2
                reward: verdict
                policy: {learningRate: 3e-4, miniBatch: 4, clip: [0.03, 0.05]}
                critic: {learningRate: 5e-4, miniBatch: 4}
              - name: test-time
                rounds: 4
                questionsFrom: unlabeled
                questions: 1
                samples: 4
                reward: critic
                recalibration: {every: 1, questions: 1, samples: 2}
                policy: {learningRate: 1e-4, miniBatch: 2, clip: [0.03, 0.05]}
                critic: {learningRate: 5e-4, miniBatch: 4}
            """;

    private Example() {}

    static dev.tempo.contract.recipe.Recipe recipe(Path directory) throws IOException {
        return recipe(directory, "", "");
    }

    /** The recipe with one text of it replaced. */
    static dev.tempo.contract.recipe.Recipe recipe(Path directory, String text, String replacement) throws IOException {
        if (!RECIPE.contains(text)) {
            throw new IllegalArgumentException("the example does not say '" + text + "'");
        }
        for (String name : new String[] {"labeled", "unlabeled", "rehearsal", "holdout"}) {
            Path file = directory.resolve(name + ".jsonl");
            if (!Files.exists(file)) {
                Files.writeString(file, "{\"question\": \"" + name + "?\"}\n");
            }
        }
        for (String base : new String[] {"base", "elsewhere/base"}) {
            Path tokenizer = Files.createDirectories(directory.resolve(base)).resolve("tokenizer.json");
            if (!Files.exists(tokenizer)) {
                Files.writeString(tokenizer, "{}");
            }
        }
        String recipe = text.isEmpty() ? RECIPE : RECIPE.replace(text, replacement);
        return RecipeFile.read(Files.writeString(directory.resolve("example.yaml"), recipe), null);
    }
}
