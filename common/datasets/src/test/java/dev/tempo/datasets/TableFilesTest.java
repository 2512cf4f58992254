package dev.tempo.datasets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.datasets.table.Tables;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet, CSV, JSON and gzip where a recipe names a file. */
class TableFilesTest {
    private static final String CSV = "id,question,answer\n033,\"What, is \"\"x\"\"?\nSay it.\",007\n34,\"2+2?\",4\n";
    private static final String VERL =
            "SELECT 'math_dapo' AS data_source, [{'role': 'user', 'content': 'What is ' || i || '+1?'}] AS prompt,"
                    + " 'MATH' AS ability, {'style': 'rule', 'ground_truth': (i + 1)::VARCHAR} AS reward_model,"
                    + " {'index': i} AS extra_info FROM range(3) t(i)";

    @TempDir
    Path folder;

    @Test
    void csvIsTextAsItIsWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), "\uFEFF" + CSV);

        assertThat(labeled(file, "id"))
                .containsExactly(
                        new LabeledQuestion(
                                new Question("033", "What, is \"x\"?\nSay it.", "default"), "007", Split.BOTH),
                        new LabeledQuestion(new Question("34", "2+2?", "default"), "4", Split.BOTH));
        assertThat(labeled(gzip(file), null))
                .extracting(row -> row.question().id())
                .containsExactly("mine-1", "mine-2");
    }

    @Test
    void otherSeparatorsAreKnownByTheNamesOfColumns() throws IOException {
        Path semicolons = Files.writeString(folder.resolve("a.csv"), "question;answer\n\"1, 2 or 3?\";2\n");
        Path tabs = Files.writeString(folder.resolve("a.tsv"), "question\tanswer\n1, 2 or 3?\t2\n");
        Path unnamed = Files.writeString(folder.resolve("a.txt"), "question,answer\r\n1; 2 or 3?,2\r\n");

        assertThat(labeled(semicolons, null))
                .extracting(LabeledQuestion::answer)
                .containsExactly("2");
        assertThat(labeled(tabs, null)).extracting(row -> row.question().text()).containsExactly("1, 2 or 3?");
        assertThat(labeled(unnamed, null))
                .extracting(row -> row.question().text())
                .containsExactly("1; 2 or 3?");
    }

    @Test
    void parquetKeepsItsOrderAndItsDigits() throws SQLException {
        Path file = Tables.parquet(
                folder.resolve("mine.parquet"),
                "SELECT i AS id, 'q' || i AS question, (i / 4)::DECIMAL(9,2) AS answer FROM range(7000) t(i)",
                "ROW_GROUP_SIZE 2048");

        List<LabeledQuestion> rows = labeled(file, "id");

        assertThat(rows)
                .extracting(row -> row.question().text())
                .isEqualTo(IntStream.range(0, 7000).mapToObj(i -> "q" + i).toList());
        assertThat(rows.get(2).answer()).isEqualTo("0.50");
        assertThat(labeled(file, "id")).isEqualTo(rows);
    }

    @Test
    void verlsColumnsAreRecognised() throws SQLException {
        Path file = Tables.parquet(folder.resolve("dapo.parquet"), VERL);

        List<LabeledQuestion> expected = IntStream.range(0, 3)
                .mapToObj(i -> new LabeledQuestion(
                        new Question("dapo-" + (i + 1), "What is " + i + "+1?", "default"), "" + (i + 1), Split.BOTH))
                .toList();
        assertThat(labeled(file, null)).isEqualTo(expected);
        assertThat(LabeledQuestions.read(
                        new LabeledFile(file.toString(), null, "prompt", "reward_model.ground_truth", null, null)))
                .isEqualTo(expected);
        assertThat(BenchmarkQuestions.read(
                        "aime",
                        new EvaluationSet(
                                file.toString(), "extra_info.index", "prompt.0.content", "answer", "ability", false)))
                .extracting(row -> row.question().id() + " " + row.question().domain() + " " + row.answer())
                .containsExactly("aime/0 MATH 1", "aime/1 MATH 2", "aime/2 MATH 3");
    }

    @Test
    void verlsAnswersAreRefusedAmongUnlabeledQuestions() throws SQLException, IOException {
        Path file = Tables.parquet(folder.resolve("dapo.parquet"), VERL);
        assertThatThrownBy(() -> unlabeled(file))
                .hasMessageContaining("dapo.parquet, row 1: column 'reward_model' is not allowed")
                .hasMessageContaining("./tempo questions --unlabeled");
        assertThatThrownBy(() -> unlabeled(Files.writeString(folder.resolve("mine.csv"), CSV)))
                .hasMessageContaining("mine.csv, row 1: column 'answer' is not allowed");

        Path without =
                Tables.parquet(folder.resolve("asked.parquet"), "SELECT data_source, prompt FROM (" + VERL + ")");
        assertThat(unlabeled(without)).extracting(Question::text).contains("What is 2+1?");
    }

    @Test
    void jsonIsReadInWhateverLayoutAndJsonLinesKeepTheirLinesInGzip() throws IOException {
        Path list =
                Files.writeString(folder.resolve("a.json"), "[\n {\"question\": \"1+1?\",\n \"answer\": \"2\"}\n]\n");
        assertThat(labeled(list, null)).extracting(row -> row.question().id()).containsExactly("a-1");
        assertThat(labeled(gzip(list), null)).hasSize(1);
        Path nested = Files.writeString(
                folder.resolve("b.json"), "{\"examples\": [{\"question\": \"1+1?\", \"answer\": \"2\"}]}");
        assertThat(labeled(nested, null)).hasSize(1);

        Path lines = gzip(Files.writeString(
                folder.resolve("c.jsonl"),
                "{\"question\": \"1+1?\", \"answer\": \"2\"}\n\n{\"question\": \"1+2?\"}\n"));
        assertThatThrownBy(() -> labeled(lines, null))
                .hasMessageContaining("c.jsonl.gz, line 3: column 'answer' is missing; the line has [question]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows.jsonl", "rows.json", "rows.csv"})
    void aCompressedFileThatHoldsFarMoreThanFilesOfItsSizeDoIsRefusedWithItsLimit(String name) throws IOException {
        String row = name.endsWith(".csv") ? "1+1?,2\n" : "{\"question\": \"1+1?\", \"answer\": \"2\"}\n";
        Path few = Files.writeString(
                folder.resolve(name), "question,answer\n".repeat(name.endsWith(".csv") ? 1 : 0) + row.repeat(500));
        assertThat(labeled(gzip(few), null))
                .as("a megabyte may be as alike as it likes")
                .hasSize(500);

        Path bomb = gzip(Files.writeString(few, row.repeat((4 << 20) / row.length())));
        long size = Files.size(bomb);
        assertThat(size).isLessThan(20_000);
        assertThatThrownBy(() -> labeled(bomb, null))
                .isInstanceOf(DataFileException.class)
                .hasMessage(bomb + ": is compressed, has " + size + " bytes and holds more than "
                        + Math.max(1 << 20, 100 * size)
                        + ", the limit for its size (100 times as much, at least 1048576);"
                        + " if it is no bomb, unpack it first: gunzip " + bomb);
    }

    @ParameterizedTest
    @MethodSource
    void namesAreNeverPartOfAStatement(String name) throws SQLException {
        String column = "it's \"; DROP TABLE x; --\"";
        Path plain = Tables.parquet(
                folder.resolve("plain.parquet"),
                "SELECT 'q' AS \"" + column.replace("\"", "\"\"") + "\", 'a' AS answer, 1 AS t, 2 AS question");
        Path file = folder.resolve(name);
        assertThat(plain.toFile().renameTo(file.toFile())).isTrue();

        assertThat(LabeledQuestions.read(new LabeledFile(file.toString(), null, column, "answer", null, null)))
                .extracting(row -> row.question().text())
                .containsExactly("q");
    }

    static Stream<String> namesAreNeverPartOfAStatement() {
        return Stream.of(
                "it's.parquet",
                "a*?.parquet",
                "[ab].parquet",
                "x'); ATTACH 'y.parquet",
                "with space, comma.parquet",
                "käse-名前.parquet",
                "$1 ?.parquet");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "SELECT 'q' AS question, 0.5::DOUBLE AS answer",
                        "row 1: column 'answer' should be a text but is" + " 0.5; write the column as text"),
                Arguments.of("SELECT 'q' AS question, 'nan'::DOUBLE AS answer", "should be a text but is \"NaN\""),
                Arguments.of("SELECT 'q' AS question, true AS answer", "should be a text but is true"),
                Arguments.of(
                        "SELECT 'q' AS problem, '1' AS answer",
                        "row 1: column 'question' is missing; the row has"
                                + " [problem, answer]. Name the right column"),
                Arguments.of(
                        "SELECT 'q' AS question, {'value': '1'} AS answer",
                        "column 'answer' should be a text but is an object, {\"value\":\"1\"}; name the column that"
                                + " holds the text, or what inside of this one does"),
                Arguments.of("SELECT 'q' AS question, ['1', '2'] AS answer", "is a list of 2"),
                Arguments.of("SELECT 'q' AS question, 'AB'::BLOB AS answer", "column 'answer' holds bytes (BLOB)"),
                Arguments.of(
                        "SELECT 'q' || i AS question, CASE WHEN i < 2 THEN 'a' END AS answer FROM range(3) t(i)",
                        "row 3: column 'answer' is null; complete the row, or remove it"),
                Arguments.of("SELECT 'q' AS question, ' ' AS answer", "row 1: column 'answer' is empty"),
                Arguments.of("SELECT 'q' AS question, 'a' AS answer WHERE false", "holds no rows"));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(String select, String words) throws SQLException {
        Path file = Tables.parquet(folder.resolve("mine.parquet"), select);

        assertThatThrownBy(() -> labeled(file, null))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("mine.parquet")
                .hasMessageContaining(words);
    }

    @Test
    void damagedParquetIsNamedWithItsPlace() throws Exception {
        Path file = Tables.parquet(
                folder.resolve("mine.parquet"),
                "SELECT 'q' || hash(i) AS question, i AS answer FROM range(9000) t(i)",
                "ROW_GROUP_SIZE 2048");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> labeled(file, null)).hasMessageContaining("is Parquet that was cut off");

        byte[] page = whole.clone();
        Arrays.fill(page, whole.length / 2, whole.length / 2 + 600, (byte) 0x5a);
        Files.write(file, page);
        assertThatThrownBy(() -> labeled(file, null))
                .hasMessageContaining("mine.parquet: is Parquet that is damaged (")
                .hasMessageContaining("fetch it again")
                .hasMessageNotContainingAny("Invalid Input Error", "result set", "SELECT");

        byte[] footer = whole.clone();
        for (int i = whole.length - 200; i < whole.length - 8; i++) {
            footer[i] ^= 0x33;
        }
        Files.write(file, footer);
        assertThatThrownBy(() -> labeled(file, null)).hasMessageContaining("mine.parquet: is Parquet that is damaged");

        Files.writeString(file, "{\"question\": \"1+1?\", \"answer\": \"2\"}\n");
        assertThatThrownBy(() -> labeled(file, null)).hasMessageContaining("does not begin as Parquet does");
        Files.write(file, whole);
        assertThatThrownBy(() -> labeled(gzip(file), null))
                .hasMessageContaining("Parquet inside of gzip; unpack it first");
    }

    static Stream<Arguments> faultsOfCsv() {
        String head = "id,question,answer\n1,q,a\n";
        return Stream.of(
                Arguments.of(head + "2,q,a,b\n", "has 4 values on line 3 but names 3 columns"),
                Arguments.of(head + "2,q\n", "has 2 values on line 3 but names 3 columns"),
                Arguments.of(head + "2,\"q,a\n3,q,a\n", "has a quote on line 3 that is not closed"),
                Arguments.of(head + "2,\"q\" r,a\n3,q,a\n", "has a quote on line 3"),
                Arguments.of(head + "2,Gödel,a\n", "is not UTF-8 on line 3; convert"),
                Arguments.of(head + "2,,a\n", "row 2: column 'question' is null"),
                Arguments.of("id,question,question\n1,q,a\n", "names column 'question' twice"),
                Arguments.of("id,,answer\n1,q,a\n", "has an empty name"),
                Arguments.of("id,question,answer\n", "holds no rows"),
                Arguments.of("id,problem,answer\n1,q,a\n", "row 1: column 'question' is missing"));
    }

    @ParameterizedTest
    @MethodSource
    void faultsOfCsv(String content, String words) throws IOException {
        Path file =
                Files.write(folder.resolve("mine.csv"), content.getBytes(words.contains("UTF-8") ? ISO_8859_1 : UTF_8));

        assertThatThrownBy(() -> labeled(file, null))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("mine.csv")
                .hasMessageContaining(words);
    }

    @Test
    void aFaultFarBehindIsNamedToo() throws IOException {
        StringBuilder rows = new StringBuilder("question,answer\n");
        IntStream.range(0, 50_000).forEach(i -> rows.append("q").append(i).append(",1\n"));
        Path file = Files.writeString(folder.resolve("mine.csv"), rows + "q,1,2\n");

        assertThatThrownBy(() -> labeled(file, null))
                .hasMessageContaining("has 3 values on line 50002 but names 2 columns");
    }

    @Test
    void anAddressIsNotFetched() {
        assertThatThrownBy(() -> labeled(Path.of("https://example.org/a.parquet"), null))
                .hasMessageContaining("is an address, and nothing is fetched here");
    }

    private Path gzip(Path file) throws IOException {
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        return packed;
    }

    private static List<LabeledQuestion> labeled(Path file, @Nullable String id) {
        return LabeledQuestions.read(new LabeledFile(file.toString(), id, "question", "answer", null, null));
    }

    private static List<Question> unlabeled(Path file) {
        return UnlabeledQuestions.read(new UnlabeledFile(file.toString(), null, "question", null));
    }
}
