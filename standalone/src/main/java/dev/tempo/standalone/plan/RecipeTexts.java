package dev.tempo.standalone.plan;

import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.tokens.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What a recipe's own files say about a plan's assumptions, where they are there. */
public final class RecipeTexts {
    private static final int COUNTED = 500;
    private static final int SHORT = 64;

    private RecipeTexts() {}

    /** The tokens of a prompt, on average of the first questions of each file; empty without tokenizer or files. */
    public static OptionalInt promptTokens(Recipe recipe, ModelDirectory model) {
        List<Question> questions = questions(recipe.data());
        if (questions.isEmpty() || !Files.exists(model.base().resolve("tokenizer.json"))) {
            return OptionalInt.empty();
        }
        try (Tokenizer tokenizer = model.tokenizer()) {
            double mean = questions.stream()
                    .mapToInt(question -> tokenizer.encode(recipe.generation().ask(question.text())).length)
                    .average()
                    .orElse(1);
            return OptionalInt.of(Math.max(1, (int) Math.round(mean)));
        }
    }

    private static List<Question> questions(Data data) {
        List<Question> questions = new ArrayList<>();
        if (data.labeled() != null && Files.exists(Path.of(data.labeled().file()))) {
            LabeledQuestions.read(data.labeled()).stream()
                    .map(LabeledQuestion::question)
                    .limit(COUNTED)
                    .forEach(questions::add);
        }
        if (data.unlabeled() != null && Files.exists(Path.of(data.unlabeled().file()))) {
            UnlabeledQuestions.read(data.unlabeled()).stream().limit(COUNTED).forEach(questions::add);
        }
        return questions;
    }

    /** The tokens of a response: half of its limit, for answers end by themselves; short ones as long as they may be. */
    public static int responseTokens(int limit) {
        return limit <= SHORT ? limit : limit / 2;
    }

    /** The sets whose files are not there. */
    public static List<String> missingSets(Recipe recipe) {
        return recipe.evaluation().sets().entrySet().stream()
                .filter(set -> !isThere(set.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The responses of one evaluation, to the sets whose files are there. */
    public static long evaluationResponses(Recipe recipe) {
        long responses = 0;
        for (Map.Entry<String, EvaluationSet> set : recipe.evaluation().sets().entrySet()) {
            if (isThere(set.getValue())) {
                responses += (long) BenchmarkQuestions.read(set.getKey(), set.getValue())
                                .size()
                        * recipe.evaluation().samples(set.getKey());
            }
        }
        return responses;
    }

    private static boolean isThere(EvaluationSet set) {
        return Files.exists(Path.of(set.file()));
    }
}
