package dev.tempo.standalone.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.published.FieldNames;
import dev.tempo.fixtures.SharedFiles;
import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Benchmarks by name on the files as they were published; skipped where they are not at hand. */
class PublishedBenchmarksTest {
    private static final PreparedBenchmark.Wishes ALL = wishes(0);

    @TempDir
    Path directory;

    private final Judges judges = new Judges(Judges.builtIn());

    /** What a model that knows the answer writes is right: answer column, prompt and judges fit each other. */
    @ParameterizedTest
    @CsvSource({
        "aime24, 30, math, put your final answer within",
        "aime25, 30, math, put your final answer within",
        "aime26, 30, math, put your final answer within",
        "olymmath-en-easy, 100, math, put your final answer within",
        "olymmath-en-hard, 100, math, put your final answer within",
        "olymmath-zh-easy, 100, math, 最终答案",
        "olymmath-zh-hard, 100, math, 最终答案",
        "math-500, 500, math, put your final answer within",
        "bbh, 6505, rules, in the form that the question asks for",
        "agieval, 7961, rules, of several blanks their values",
        "dapo, 16227, math, put your final answer within",
    })
    void theRightAnswerInTheFormThatIsAskedForIsRight(String name, int questions, String judge, String instruction) {
        PreparedBenchmark benchmark =
                PreparedBenchmark.of(WantedBenchmark.of(name, SharedFiles.at("datasets")), ALL, directory);

        List<LabeledQuestion> rows = BenchmarkQuestions.read(name, benchmark.inRecipe());
        assertThat(rows).as(benchmark.words()).hasSize(questions);
        assertThat(benchmark.judges()).containsExactly(judge);
        JudgeChain chain = new JudgeChain(name, benchmark.judges(), judges);
        List<String> wrong = new ArrayList<>();
        for (LabeledQuestion row : rows.size() > 600 ? everyTenth(rows) : rows) {
            assertThat(row.question().domain()).isEqualTo(name);
            assertThat(row.question().text()).contains(instruction).containsOnlyOnce("\\boxed{}");
            Verdict verdict =
                    chain.judge(row.question().text(), row.answer(), "So it is \\boxed{" + row.answer() + "}.", true);
            if (verdict.outcome() != Outcome.CORRECT) {
                wrong.add(row.question().id() + " " + row.answer() + ": " + verdict.reason());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Each of these publishers wrote the same thirty questions down in another way. */
    @ParameterizedTest
    @CsvSource({
        "aime24, aime/LLMEval-aime24.jsonl",
        "aime24, aime/DAPO-aime-2024.parquet",
        "aime24, aime/TTRL-AIME-TTT-test.json",
        "aime24, aime/SvS-MATH-AIME-Evaluation.jsonl",
        "aime24, aime/ROLL-math_benchmarks.jsonl",
        "aime25, aime/LLMEval-aime25.jsonl",
        "aime25, aime/SvS-MATH-AIME-Evaluation.jsonl",
        "aime25, aime/ROLL-math_benchmarks.jsonl",
        "aime26, aime/LLMEval-aime26.jsonl",
    })
    void everyPublishersFileOfASetIsThatSet(String name, String file) {
        WantedBenchmark wanted = WantedBenchmark.of(name + "=" + SharedFiles.at("datasets/" + file), null);

        PreparedBenchmark benchmark = PreparedBenchmark.of(wanted, ALL, directory);

        assertThat(BenchmarkQuestions.read(name, benchmark.inRecipe())).hasSize(30);
    }

    /** As huggingface.co/datasets/opencompass/AIME2025 has them; the rows are those of another publisher. */
    @Test
    void theHalvesOfAime25AreOneSet() throws IOException {
        List<String> rows = Files.readAllLines(SharedFiles.at("datasets/aime/LLMEval-aime25.jsonl"));
        Path halves = Files.createDirectories(directory.resolve("data/AIME2025"));
        Files.write(halves.resolve("aime2025-I.jsonl"), rows.subList(0, 15));
        Files.write(halves.resolve("aime2025-II.jsonl"), rows.subList(15, 30));

        PreparedBenchmark benchmark =
                PreparedBenchmark.of(WantedBenchmark.of("aime25", directory.resolve("data")), ALL, directory);

        assertThat(BenchmarkQuestions.read("aime25", benchmark.inRecipe())).hasSize(30);
    }

    @Test
    void aFileWithoutANameIsReadByItsFields() {
        Path file = SharedFiles.at("datasets/general-substitute/ROLL-llm_judge_Multi-subject-RLVR_deal_new.jsonl");

        PreparedBenchmark benchmark =
                PreparedBenchmark.of(WantedBenchmark.of(file.toString(), null), wishes(5), directory);

        assertThat(benchmark.set()).isEqualTo("ROLL-llm_judge_Multi-subject-RLVR_deal_new");
        assertThat(benchmark.judges()).containsExactly("rules");
        assertThat(benchmark.words()).contains("2058 rows", "the first 5 are asked");
        assertThat(BenchmarkQuestions.read("s", benchmark.inRecipe())).hasSize(5);
    }

    @Test
    void aRunsPolicyIsAskedAndJudgedAsItsRecipeSays() {
        Recipe quickstart = RecipeFile.read(Path.of("../recipes/quickstart.yaml"), 0L);
        Recipe tellings = RecipeFile.read(Path.of("../recipes/tellings.yaml"), 0L);

        assertThat(PreparedBenchmark.Usual.of(quickstart).judges()).containsExactly("block-inversion");
        assertThat(PreparedBenchmark.Usual.of(quickstart).instructed()).isFalse();
        assertThat(PreparedBenchmark.Usual.of(quickstart.withJudges(Map.of("default", List.of("external"))))
                        .judges())
                .as("what nobody would judge here")
                .containsExactly("rules");
        assertThat(PreparedBenchmark.Usual.of(tellings).judges())
                .as("a recipe without a chain for all domains")
                .containsExactly("rules");
    }

    @Test
    void outputsOfAModelAreNoPuzzlesWithSolutions() {
        WantedBenchmark wanted = WantedBenchmark.of("zebralogic", SharedFiles.at("datasets/zebralogic-partial"));

        assertThatThrownBy(() -> PreparedBenchmark.of(wanted, ALL, directory))
                .hasMessageContaining("zebralogic: no question is left of ")
                .hasMessageContaining("(16 rows, 0 questions; left out: 16 unusable)")
                .hasMessageContaining("field 'solution' is missing");
    }

    @Test
    void theSameQuestionsAreTheSameFile() {
        Path data = SharedFiles.at("datasets/aime");
        PreparedBenchmark one = PreparedBenchmark.of(WantedBenchmark.of("aime24", data), ALL, directory);

        assertThat(PreparedBenchmark.of(WantedBenchmark.of("aime24", data), ALL, directory))
                .isEqualTo(one);
        assertThat(PreparedBenchmark.of(WantedBenchmark.of("aime24", data), wishes(3), directory)
                        .file())
                .isNotEqualTo(one.file());
    }

    private static List<LabeledQuestion> everyTenth(List<LabeledQuestion> rows) {
        List<LabeledQuestion> some = new ArrayList<>();
        for (int row = 0; row < rows.size(); row += 10) {
            some.add(rows.get(row));
        }
        return some;
    }

    private static PreparedBenchmark.Wishes wishes(int first) {
        return new PreparedBenchmark.Wishes(
                FieldNames.USUAL, false, true, first, null, PreparedBenchmark.Usual.OF_A_MODEL);
    }
}
