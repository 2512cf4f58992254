package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.datasets.file.NamedData;
import dev.tempo.datasets.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories as data sets on the Hugging Face hub lay them out. */
class DataDirectoriesTest {
    @TempDir
    Path folder;

    @Test
    void theFilesOfASplitAreReadInTheOrderOfTheirNames() throws Exception {
        shard("data/train-00001-of-00002.parquet", 5, 7);
        shard("data/train-00000-of-00002.parquet", 0, 5);
        Files.writeString(folder.resolve("README.md"), "# card");
        Files.writeString(folder.resolve("dataset_infos.json"), "{}");
        Files.createDirectories(folder.resolve(".cache/huggingface"));
        Files.writeString(folder.resolve(".cache/huggingface/x.json"), "{}");

        List<LabeledQuestion> rows = labeled(folder);

        assertThat(rows)
                .extracting(row -> row.question().text())
                .containsExactly("q0", "q1", "q2", "q3", "q4", "q5", "q6");
        String stem = folder.getFileName().toString();
        assertThat(rows.get(5).question().id()).isEqualTo(stem + "-6");
        assertThat(labeled(folder.resolve("train")))
                .extracting(LabeledQuestion::answer)
                .hasSize(7);
    }

    @Test
    void aSplitThatIsNotWholeIsRefused() throws Exception {
        shard("data/train-00000-of-00002.parquet", 0, 5);

        assertThatThrownBy(() -> labeled(folder))
                .hasMessageContaining(
                        "lacks data/train-00001-of-00002.parquet, though data/train-00000-of-00002.parquet is there");

        Path gone = folder.resolve("data/train-00001-of-00002.parquet");
        Files.createSymbolicLink(gone, folder.resolve("blobs/0123"));
        assertThatThrownBy(() -> labeled(folder))
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("is a link to a file that is not there");
    }

    @Test
    void aFolderWhoseNameLooksLikeTabsIsNoTable() throws Exception {
        Path file = Files.createDirectories(folder.resolve("mine.tsv-export")).resolve("mine.csv");
        Files.writeString(file, "question,answer\n1 + 1?,2\n");

        assertThat(labeled(file)).hasSize(1);
    }

    @Test
    void oneOfSeveralSplitsIsNamed() throws Exception {
        shard("data/train-00000-of-00001.parquet", 0, 5);
        shard("data/test-00000-of-00001.parquet", 5, 7);

        assertThatThrownBy(() -> labeled(folder))
                .hasMessageContaining("holds split test (1 file), split train (1 file); name one, as "
                        + folder.resolve("test") + " or " + folder.resolve("train"));
        assertThat(labeled(folder.resolve("test")))
                .extracting(row -> row.question().id())
                .containsExactly("test-1", "test-2");
        shard("data/dev.parquet", 7, 8);
        assertThat(labeled(folder.resolve("dev")))
                .hasSameSizeAs(labeled(folder.resolve("validation")))
                .hasSize(1);
        Files.delete(folder.resolve("data/dev.parquet"));
        assertThatThrownBy(() -> labeled(folder.resolve("valid")))
                .hasMessageContaining("no such split of the directory, which holds split test");
        assertThat(NamedData.exists(folder.resolve("train"))).isTrue();
        assertThat(NamedData.exists(folder.resolve("valid"))).isFalse();
        assertThat(NamedData.exists(folder.resolve("train.parquet"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "train.csv, train",
        "data/train.csv, train",
        "train/a.csv, train",
        "my_train_file.csv, train",
        "training.csv, train",
        "dev.csv, validation",
        "eval/part.csv, test",
        "data/openr1-00000-of-00001.csv, openr1"
    })
    void aSplitIsToldByNamesAsTheHubDoes(String name, String split) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "question,answer\nq,a\n");
        Files.writeString(folder.resolve("other-00000-of-00001.csv"), "question,answer\nq,a\n");

        assertThat(labeled(folder.resolve(split))).hasSize(1);
    }

    @Test
    void filesWithoutASplitAreAllRead() throws Exception {
        Files.writeString(folder.resolve("b.jsonl"), "{\"question\": \"second\", \"answer\": \"2\"}\n");
        Files.writeString(folder.resolve("a.jsonl"), "{\"question\": \"first\", \"answer\": \"1\"}\n\n");

        assertThat(labeled(folder)).extracting(row -> row.question().text()).containsExactly("first", "second");
        Files.writeString(folder.resolve("c.jsonl"), "{\"question\": \"third\"}\n");
        assertThatThrownBy(() -> labeled(folder)).hasMessageContaining("c.jsonl, line 1: column 'answer' is missing");
    }

    @Test
    void anIdThatComesTwiceNamesBothFiles() throws Exception {
        Files.writeString(folder.resolve("a.jsonl"), """
                {"id": "p", "question": "x", "answer": "1"}
                {"id": "q", "question": "x", "answer": "1"}
                """);
        Files.writeString(folder.resolve("b.jsonl"), """
                {"id": "r", "question": "x", "answer": "1"}

                {"id": "q", "question": "x", "answer": "1"}
                """);

        assertThatThrownBy(() -> LabeledQuestions.read(
                        new LabeledFile(folder.toString(), "id", "question", "answer", null, null)))
                .hasMessageContaining(
                        "b.jsonl, line 3: id 'q' is that of line 2 of " + folder.resolve("a.jsonl") + " too");
    }

    @Test
    void filesThatAreNotAlikeAreRefused() throws Exception {
        shard("a.parquet", 0, 2);
        Tables.parquet(folder.resolve("b.parquet"), "SELECT 'q' AS question, 1.5::DOUBLE AS answer");
        assertThatThrownBy(() -> labeled(folder))
                .hasMessageContaining("b.parquet: has other columns than a.parquet of the same data:"
                        + " [question VARCHAR, answer DOUBLE] and not [question VARCHAR, answer VARCHAR]; name one");
        Files.delete(folder.resolve("b.parquet"));
        Files.writeString(folder.resolve("b.csv"), "question,answer\nq,a\n");
        assertThatThrownBy(() -> labeled(folder))
                .hasMessageContaining(
                        "b.csv: is CSV, but a.parquet of the same data is Parquet; name one of the files");
    }

    @Test
    void whatHoldsNoDataSaysSo() throws IOException {
        assertThatThrownBy(() -> labeled(folder)).hasMessageContaining("is a directory without data files");
        Files.writeString(folder.resolve("data-00000-of-00001.arrow"), "x");
        assertThatThrownBy(() -> labeled(folder)).hasMessageContaining("its Arrow files are not read: write Parquet");
        assertThatThrownBy(() -> labeled(folder.resolve("absent.parquet"))).hasMessageContaining("no such file");
    }

    private void shard(String name, int from, int to) throws IOException, SQLException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Tables.parquet(
                file, "SELECT 'q' || i AS question, i::VARCHAR AS answer FROM range(" + from + ", " + to + ") t(i)");
    }

    private static List<LabeledQuestion> labeled(Path path) {
        return LabeledQuestions.read(new LabeledFile(path.toString(), null, "question", "answer", null, null));
    }
}
