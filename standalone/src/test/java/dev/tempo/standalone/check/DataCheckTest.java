package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
    @TempDir
    Path directory;

    @BeforeEach
    void goodData() throws IOException {
        write("labeled", "{'question': 'What is 1 + 1?', 'answer': '2', 'split': 'train'}");
        write("unlabeled", "{'question': 'What is 2 + 2?'}", "{'question': 'What is 3 + 3?'}");
        write("benchmark", "{'question': 'What is 2 + 2?', 'answer': '4'}");
        write(
                "holdout",
                "{'question': 'Name a prime.', 'answer': '2'}",
                "{'question': 'What is 3 + 4?', 'answer': '7'}");
    }

    @Test
    void goodDataIsCountedAndNearTwinsOfTrainingQuestionsAreToo() throws IOException {
        List<Finding> findings = check();

        assertThat(findings).extracting(Finding::level).containsOnly(Finding.Level.GOOD);
        assertThat(findings)
                .extracting(Finding::text)
                .anySatisfy(text ->
                        assertThat(text).contains("2 questions", "1 differ from a training question in one token"));
        assertThat(findings)
                .extracting(Finding::text)
                .anySatisfy(text -> assertThat(text).contains("1 labeled and 2 unlabeled questions"));
    }

    @Test
    void aHoldoutQuestionAmongTheUnlabeledOnesIsALeakHoweverItIsSpelt() throws IOException {
        write("holdout", "{'question': 'what  is 2 + 2?', 'answer': '4'}");

        assertThat(problems(check())).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("set holdout");
            assertThat(problem.text()).contains("holdout-1", "unlabeled-1", "remove it");
        });
    }

    @Test
    void aHoldoutQuestionWrittenInAnotherWayIsALeakToo() throws IOException {
        write(
                "holdout",
                "{'question': 'Please reason step by step, and put your final answer within \\\\boxed{}. What is"
                        + " $2+2$?', 'answer': '4'}",
                "{'question': 'Problem 7: What is \\\\(3 + 3\\\\)?', 'answer': '6'}",
                "{'question': 'What is 2 - 2?', 'answer': '0'}",
                "{'question': 'If x = 5, what is 2 + 2 + x?', 'answer': '9'}");

        assertThat(problems(check()))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.text()).contains("is also unlabeled question"));
    }

    @Test
    void aRehearsedHoldoutQuestionIsALeak() throws IOException {
        write("traces", "{'question': 'Name a PRIME', 'response': '2', 'environment': []}");
        Path recipe = recipe(2);
        Files.writeString(
                recipe, Files.readString(recipe).replace("data:\n", "data:\n  rehearsal: {file: traces.jsonl}\n"));

        assertThat(problems(DataCheck.of(RecipeFile.read(recipe, null))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("holdout-1 is also rehearsal trace 1"));
    }

    @Test
    void anUnlabeledQuestionThatIsLabeledTooIsNamed() throws IOException {
        write("labeled", "{'question': 'What is $1+1$?', 'answer': '2', 'split': 'train'}");
        write("unlabeled", "{'question': 'What is 2 + 2?'}", "{'question': '5. What is 1 + 1?'}");

        assertThat(problems(check())).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("data.unlabeled");
            assertThat(problem.text())
                    .contains("question unlabeled-2 is labeled too, as labeled-1", "5. What is 1 + 1?");
        });
    }

    @Test
    void theQuestionsOfALargeFileAreComparedLikeOthersButNearTwinsAreNotLookedFor() throws IOException {
        int many = Overlap.MOST_FOR_NEARLY + 1;
        write(
                "unlabeled",
                IntStream.range(0, many)
                        .mapToObj(i -> "{'question': '" + i + " - 1?'}")
                        .toArray(String[]::new));
        write("labeled", "{'question': '" + (many - 1) + "-1', 'answer': '2', 'split': 'train'}");
        write("benchmark", "{'question': '0 - 1', 'answer': '-1'}", "{'question': '49999 - 1', 'answer': '-1'}");
        write("holdout", "{'question': '17 - 2?', 'answer': '15'}");

        List<Finding> findings = check();

        assertThat(problems(findings))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("question unlabeled-" + many + " is labeled too, as labeled-1"));
        assertThat(findings)
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("0 differ from a training question in one token"
                        + " (not looked for in files of more than 50000)"));
    }

    @Test
    void manyQuestionsThatAreLabeledTooAreCounted() throws IOException {
        String[] rows = IntStream.range(0, 8)
                .mapToObj(i -> "{'question': 'What is " + i + " + 2?', 'answer': '2', 'split': 'train'}")
                .toArray(String[]::new);
        write("labeled", rows);
        write(
                "unlabeled",
                IntStream.range(0, 8)
                        .mapToObj(i -> "{'question': 'What is $" + i + "+2$?'}")
                        .toArray(String[]::new));
        write("benchmark", "{'question': 'a?', 'answer': '4'}");

        assertThat(problems(check()))
                .filteredOn(problem -> problem.subject().equals("data.unlabeled"))
                .hasSize(4)
                .last()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("5 more of its questions", "--unlabeled --without", "labeled.jsonl"));
    }

    @Test
    void aBackslashThatWasNotDoubledIsWarnedOf() throws IOException {
        write("unlabeled", "{'question': 'What is 2 + 2?'}", "{'question': 'What is half of \\frac12?'}");

        assertThat(check())
                .filteredOn(finding -> finding.level() == Finding.Level.WARNING)
                .singleElement()
                .satisfies(warning -> assertThat(warning.text()).contains("unlabeled-2", "\\\\frac"));
    }

    @Test
    void manyLeaksAreCounted() throws IOException {
        String[] rows = IntStream.range(0, 8)
                .mapToObj(i -> "{'question': 'What is " + i + " + 2?', 'answer': '2', 'split': 'train'}")
                .toArray(String[]::new);
        write("labeled", rows);
        write("holdout", rows);
        write("unlabeled", "{'question': 'a?'}", "{'question': 'b?'}");
        write("benchmark", "{'question': 'a?', 'answer': '4'}");

        assertThat(problems(check()))
                .hasSize(4)
                .last()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("5 more of its questions", "./tempo questions --without", "holdout.jsonl"));
    }

    @Test
    void everyFileThatIsMissingIsNamed() throws IOException {
        Files.delete(directory.resolve("labeled.jsonl"));
        Files.delete(directory.resolve("holdout.jsonl"));

        assertThat(problems(check()))
                .extracting(Finding::subject)
                .containsExactly("data.labeled", "evaluation.sets.holdout");
        assertThat(problems(check()))
                .allSatisfy(
                        problem -> assertThat(problem.text()).contains(".jsonl: no such file", "./tempo questions"));
    }

    @Test
    void aMeasuredQuestionAmongTheLabeledOnesIsALeakEvenInTheTestTimeSet() throws IOException {
        write("labeled", "{'question': 'What is 2 + 2?', 'answer': '4', 'split': 'train'}");

        assertThat(problems(check()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("labeled question labeled-1"));
    }

    @Test
    void aTestTimeSetMustHoldTheUnlabeledQuestions() throws IOException {
        write("benchmark", "{'question': 'Something else?', 'answer': '4'}");

        assertThat(problems(check()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("isTestTimeSet", "is not among them"));
    }

    @Test
    void aRoundThatDrawsMoreQuestionsThanThereAreIsNamed() throws IOException {
        assertThat(problems(DataCheck.of(RecipeFile.read(recipe(3), null))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.subject()).isEqualTo("test-time.questions");
                    assertThat(problem.text()).contains("draws 3", "only 2");
                });
    }

    @Test
    void anAnswerAmongTheUnlabeledQuestionsIsAProblemWithItsFileAndLine() throws IOException {
        write("unlabeled", "{'question': 'a?'}", "{'question': 'b?', 'answer': '1'}");

        assertThat(problems(check()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("unlabeled.jsonl", "2", "answer"));
    }

    @Test
    void aQuestionOfThePromotionSetMayBeNowhereElse() throws IOException {
        write(
                "promotion",
                "{'question': 'What is 1 + 1?', 'answer': '2'}",
                "{'question': 'Question 3: what is $3+3$', 'answer': '6'}",
                "{'question': 'name a prime', 'answer': '3'}");
        Path promoting = Files.writeString(
                directory.resolve("promoting.yaml"),
                "extends: " + recipe(2).getFileName() + "\npromotion: {file: promotion.jsonl}\n");

        assertThat(problems(DataCheck.of(RecipeFile.read(promoting, null))))
                .extracting(Finding::text)
                .anySatisfy(text -> assertThat(text).contains("promotion-1", "labeled question"))
                .anySatisfy(text -> assertThat(text).contains("promotion-2", "unlabeled question"))
                .anySatisfy(text -> assertThat(text).contains("is also in set holdout", "remove it"));
    }

    @Test
    void aRoundMayDrawMoreThanTheFileHoldsWhereQuestionsArrive() throws IOException {
        Path arriving = Files.writeString(
                directory.resolve("arriving.yaml"),
                "extends: " + recipe(9).getFileName() + "\ndata: {unlabeled: {arriving: true}}\n");

        assertThat(problems(DataCheck.of(RecipeFile.read(arriving, null)))).isEmpty();
    }

    private List<Finding> check() throws IOException {
        return DataCheck.of(RecipeFile.read(recipe(2), null));
    }

    private static List<Finding> problems(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                .toList();
    }

    private void write(String name, String... rows) throws IOException {
        Files.writeString(
                directory.resolve(name + ".jsonl"), String.join("\n", rows).replace('\'', '"') + "\n");
    }

    private Path recipe(int questions) throws IOException {
        return Files.writeString(directory.resolve("recipe.yaml"), """
            name: example
            model: base
            data:
              labeled: {file: labeled.jsonl, split: split}
              unlabeled: {file: unlabeled.jsonl}
            evaluation:
              sets:
                benchmark: {file: benchmark.jsonl, isTestTimeSet: true}
                holdout: {file: holdout.jsonl}
            generation: {temperature: 1.0, maxNewTokens: 22}
            judges: {default: [math]}
            stages:
              - name: test-time
                rounds: 4
                questionsFrom: unlabeled
                questions: %d
                samples: 4
                reward: critic
                recalibration: {every: 1, questions: 1, samples: 2}
                policy: {learningRate: 1e-4, miniBatch: 2, clip: [0.03, 0.05]}
                critic: {learningRate: 5e-4, miniBatch: 4}
            """.formatted(questions));
    }
}
