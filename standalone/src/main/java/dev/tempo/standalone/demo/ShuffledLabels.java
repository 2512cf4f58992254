package dev.tempo.standalone.demo;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The labeled questions of a recipe, each with the answer of another one, so that a critic learns nothing from them that is true. */
final class ShuffledLabels {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LABELS = "labeled.jsonl";

    private ShuffledLabels() {}

    /**
     * Writes the labels and a recipe that differs in them alone.
     *
     * @param file of the recipe
     * @param name of the other recipe
     * @param directory of what is written
     * @return the other recipe's file
     * @throws UserException if there are no labels
     */
    static Path write(Recipe recipe, Path file, String name, Path directory) {
        LabeledFile labeled = recipe.data().labeled();
        if (labeled == null) {
            throw new UserException(file + " has no labels to shuffle: data.labeled is missing");
        }
        List<LabeledQuestion> questions = LabeledQuestions.read(labeled);
        int[] dealt = CounterRandom.permutation(CounterRandom.key(recipe.seed(), "shuffled-labels"), questions.size());
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < dealt.length; i++) {
            rows.add(JSON.writeValueAsString(
                    row(labeled, questions.get(i), questions.get(dealt[i]).answer())));
        }
        Path other = directory.resolve("recipe.yaml");
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(LABELS), rows);
            Files.writeString(other, """
                extends: '%s'
                name: %s
                data: {labeled: {file: %s}}
                """.formatted(
                            file.toAbsolutePath().normalize().toString().replace("'", "''"), name, LABELS));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(directory + " cannot be written", unwritable);
        }
        return other;
    }

    private static Map<String, Object> row(LabeledFile columns, LabeledQuestion question, String answer) {
        Map<String, Object> row = new LinkedHashMap<>();
        if (columns.id() != null) {
            row.put(columns.id(), question.question().id());
        }
        row.put(columns.question(), question.question().text());
        row.put(columns.answer(), answer);
        if (columns.split() != null) {
            row.put(columns.split(), question.split().name().toLowerCase(Locale.ROOT));
        }
        if (columns.domain() != null) {
            row.put(columns.domain(), question.question().domain());
        }
        return row;
    }
}
