package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.fixtures.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader on public files as they are published; skipped where they are not at hand. */
class PublicDataSetsTest {

    @Test
    void aime2024IsReadAsPublished() {
        List<LabeledQuestion> questions = read("aime/LLMEval-aime24.jsonl", null, "prompt");

        assertThat(questions)
                .hasSize(30)
                .allSatisfy(row -> assertThat(row.answer()).matches("\\d{1,3}"));
    }

    @Test
    void olympiadProblemsKeepTheirOwnIds() {
        List<LabeledQuestion> questions = read("olymmath/OlymMATH-ZH-HARD.jsonl", "unique_id", "problem");

        assertThat(questions).hasSize(100);
        assertThat(questions.get(0).question().id()).isEqualTo("bench/OlymMATH-HARD-0-ZH");
        assertThat(questions.get(0).question().text()).startsWith("设");
    }

    /** A recipe takes a file's rows as they are, repeated ones too: what SOURCES.md counts. */
    @ParameterizedTest
    @CsvSource({
        "aime/LLMEval-aime25.jsonl, prompt, answer, 30",
        "aime/LLMEval-aime26.jsonl, prompt, answer, 30",
        "aime/DAPO-aime-2024.parquet, question, answer, 960",
        "aime/DAPO-aime-2024.parquet, prompt.0.content, reward_model.ground_truth, 960",
        "aime/TTRL-AIME-TTT-test.json, prompt, answer, 30",
        "aime/SvS-MATH-AIME-Evaluation.jsonl, question, ref_answer, 560",
        "aime/ROLL-math_benchmarks.jsonl, prompt, ground_truth, 560",
        "olymmath/OlymMATH-EN-EASY.jsonl, problem, answer, 100",
        "olymmath/OlymMATH-EN-HARD.jsonl, problem, answer, 100",
        "olymmath/OlymMATH-ZH-EASY.jsonl, problem, answer, 100",
        "olymmath/OlymMATH-ZH-HARD.jsonl, problem, answer, 100",
        "dapo-math-17k/SvS-dapo_math_17k.parquet, question, answer, 17917",
        "dapo-math-17k, question, answer, 17917",
        "bbh, input, target, 6511",
        "general-substitute/ROLL-llm_judge_Multi-subject-RLVR_deal_new.jsonl, prompt, ground_truth, 2058"
    })
    void everyRowOfAPublishedFileIsRead(String name, String question, String answer, int rows) {
        Path file = SharedFiles.at("datasets/" + name);
        EvaluationSet set = new EvaluationSet(file.toString(), null, question, answer, null, false);

        List<LabeledQuestion> read = BenchmarkQuestions.read("bench", set);

        assertThat(read).hasSize(rows);
        assertThat(BenchmarkQuestions.read("bench", set)).isEqualTo(read);
    }

    private static List<LabeledQuestion> read(
            String name, @org.jspecify.annotations.Nullable String id, String question) {
        Path file = SharedFiles.at("datasets/" + name);
        return BenchmarkQuestions.read(
                "bench", new EvaluationSet(file.toString(), id, question, "answer", null, false));
    }
}
