package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.UnlabeledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionFilesTest {
    @TempDir
    Path folder;

    @Test
    void unlabeledQuestionsKeepTheOrderOfTheFile() throws IOException {
        String file = write(
                "{\"id\": \"b\", \"question\": \"x+1=2\", \"topic\": \"sums\"}",
                "",
                "{\"id\": \"a\", \"question\": \"x*2=6\", \"topic\": \"products\"}");

        assertThat(UnlabeledQuestions.read(new UnlabeledFile(file, "id", "question", "topic")))
                .containsExactly(new Question("b", "x+1=2", "sums"), new Question("a", "x*2=6", "products"));
    }

    @Test
    void withoutAnIdColumnTheLineNumberIsTheId() throws IOException {
        String file = write("{\"question\": \"x+1=2\"}", "", "{\"question\": \"x*2=6\"}");

        assertThat(UnlabeledQuestions.read(unlabeled(file)))
                .containsExactly(
                        new Question("questions-1", "x+1=2", "default"),
                        new Question("questions-3", "x*2=6", "default"));
    }

    @Test
    void anAnswerInTheUnlabeledFileIsRefused() throws IOException {
        String file = write("{\"question\": \"x+1=2\"}", "{\"question\": \"x*2=6\", \"Answer\": \"3\"}");

        assertThatThrownBy(() -> UnlabeledQuestions.read(unlabeled(file)))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("questions.jsonl, line 2: column 'Answer' is not allowed")
                .hasMessageContaining("evaluation.sets");
    }

    @Test
    void anIdThatComesTwiceNamesBothLines() throws IOException {
        String file = write("{\"id\": 7, \"question\": \"x+1=2\"}", "{\"id\": \"7\", \"question\": \"x*2=6\"}");

        assertThatThrownBy(() -> UnlabeledQuestions.read(new UnlabeledFile(file, "id", "question", null)))
                .hasMessageContaining("line 2: id '7' is that of line 1 too");
    }

    @Test
    void labeledRowsBelongToTheirSplit() throws IOException {
        String file = write(
                "{\"question\": \"x+1=2\", \"answer\": 1, \"part\": \"train\"}",
                "{\"question\": \"x*2=6\", \"answer\": \"3\", \"part\": \"calibration\"}");

        assertThat(LabeledQuestions.read(new LabeledFile(file, null, "question", "answer", "part", null)))
                .containsExactly(
                        new LabeledQuestion(new Question("questions-1", "x+1=2", "default"), "1", Split.TRAIN),
                        new LabeledQuestion(new Question("questions-2", "x*2=6", "default"), "3", Split.CALIBRATION));
    }

    @Test
    void rowsOfAnUnsplitFileBelongToEveryLabeledSource() throws IOException {
        String file = write("{\"question\": \"x+1=2\", \"answer\": \"1\"}");
        Split split = LabeledQuestions.read(labeled(file, null)).get(0).split();

        assertThat(split.belongsTo(QuestionSource.LABELED)).isTrue();
        assertThat(split.belongsTo(QuestionSource.LABELED_TRAIN)).isTrue();
        assertThat(split.belongsTo(QuestionSource.LABELED_CALIBRATION)).isTrue();
        assertThat(split.belongsTo(QuestionSource.UNLABELED)).isFalse();
    }

    @Test
    void calibrationRowsAreNotDrawnForTraining() {
        assertThat(Split.CALIBRATION.belongsTo(QuestionSource.LABELED_TRAIN)).isFalse();
        assertThat(Split.TRAIN.belongsTo(QuestionSource.LABELED_CALIBRATION)).isFalse();
        assertThat(Split.CALIBRATION.belongsTo(QuestionSource.LABELED)).isTrue();
    }

    @Test
    void anUnknownSplitIsNamed() throws IOException {
        String file = write("{\"question\": \"x+1=2\", \"answer\": \"1\", \"part\": \"test\"}");

        assertThatThrownBy(() -> LabeledQuestions.read(labeled(file, "part")))
                .hasMessageContaining("line 1: column 'part' should be 'train' or 'calibration' but is 'test'");
    }

    @Test
    void aMissingColumnNamesTheColumnsThatAreThere() throws IOException {
        String file = write("{\"problem\": \"x+1=2\", \"answer\": \"1\"}");

        assertThatThrownBy(() -> LabeledQuestions.read(labeled(file, null)))
                .hasMessageContaining("line 1: column 'question' is missing")
                .hasMessageContaining("problem")
                .hasMessageContaining("recipe");
    }

    @Test
    void anEmptyAnswerIsRefused() throws IOException {
        String file = write("{\"question\": \"x+1=2\", \"answer\": \" \"}");

        assertThatThrownBy(() -> LabeledQuestions.read(labeled(file, null)))
                .hasMessageContaining("line 1: column 'answer' is empty");
    }

    @Test
    void aFractionalNumberIsToBeWrittenAsText() throws IOException {
        String file = write("{\"question\": \"x+1=2\", \"answer\": 0.50}");

        assertThatThrownBy(() -> LabeledQuestions.read(labeled(file, null)))
                .hasMessageContaining("column 'answer' should be a text")
                .hasMessageContaining("quotes");
    }

    @Test
    void benchmarkIdsCarryTheNameOfTheirSet() throws IOException {
        String file = write("{\"id\": \"q1\", \"question\": \"x+1=2\", \"answer\": \"1\"}");

        assertThat(BenchmarkQuestions.read("holdout", new EvaluationSet(file, "id", "question", "answer", null, false)))
                .containsExactly(new LabeledQuestion(new Question("holdout/q1", "x+1=2", "default"), "1", Split.BOTH));
    }

    private String write(String... lines) throws IOException {
        return Files.writeString(folder.resolve("questions.jsonl"), String.join("\n", lines) + "\n")
                .toString();
    }

    private static UnlabeledFile unlabeled(String file) {
        return new UnlabeledFile(file, null, "question", null);
    }

    private static LabeledFile labeled(String file, @org.jspecify.annotations.Nullable String split) {
        return new LabeledFile(file, null, "question", "answer", split, null);
    }
}
