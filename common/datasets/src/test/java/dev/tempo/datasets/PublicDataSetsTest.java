package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.fixtures.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static List<LabeledQuestion> read(
            String name, @org.jspecify.annotations.Nullable String id, String question) {
        Path file = SharedFiles.at("datasets/" + name);
        return BenchmarkQuestions.read(
                "bench", new EvaluationSet(file.toString(), id, question, "answer", null, false));
    }
}
