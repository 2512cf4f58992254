package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as they are typed, on recipes and files of Parquet and CSV. */
class TableDataCommandsTest {
    private static final Path MODEL = Path.of("..", "recipes", "quickstart", "seed0", "base")
            .toAbsolutePath()
            .normalize();
    private static final String RECIPE = """
            name: tables
            model: %s
            data:
              labeled: {file: labeled}
              unlabeled: {file: unlabeled.csv, question: problem}
            evaluation: {samples: 2, sets: {holdout: {file: holdout.parquet, question: prompt, answer: reward_model.ground_truth}}}
            generation: {temperature: 1.0, maxNewTokens: 22, environment: calculator}
            judges: {default: [block-inversion]}
            stages:
              - name: stage1
                rounds: 1
                questionsFrom: labeled
                questions: 3
                samples: 2
                reward: verdict
                policy: {learningRate: 3e-4, miniBatch: 4, clip: [0.03, 0.05]}
                critic: {learningRate: 5e-4, miniBatch: 4}
            """;

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void data() throws IOException, SQLException {
        Path data = Files.createDirectories(directory.resolve("labeled/data"));
        verl(data.resolve("train-00000-of-00002.parquet"), 0, 2);
        verl(data.resolve("train-00001-of-00002.parquet"), 2, 3);
        verl(directory.resolve("holdout.parquet"), 10, 12);
        Files.writeString(directory.resolve("unlabeled.csv"), "problem\n\"What is 90, plus one?\"\n");
        Files.writeString(directory.resolve("tables.yaml"), RECIPE.formatted(MODEL));
    }

    @Test
    void doctorCountsTheQuestionsOfARecipeOfTables() {
        assertThat(doctor()).as(said()).isZero();

        assertThat(said())
                .contains("3 labeled and 1 unlabeled questions", "set holdout", "2 questions, none of them trained on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "file: labeled}|file: labeled/valid}|labeled/valid: no such file",
                "file: labeled}|file: labeled, answer: solution}|row 1: column 'solution' is missing; the row has [data_source, prompt",
                "file: labeled}|file: labeled, answer: extra_info}|column 'extra_info' should be a text but is an object",
                "file: labeled}|file: https://example.org/x.parquet}|must be a path; download it",
                "file: unlabeled.csv|file: holdout.parquet|column 'reward_model' is not allowed"
            })
    void doctorSaysWhatIsWrongWithATable(String text, String other, String words) throws IOException {
        Path recipe = directory.resolve("tables.yaml");
        Files.writeString(recipe, Files.readString(recipe).replace(text, other));

        assertThat(doctor()).isNotZero();
        assertThat(said() + errors).contains(words).doesNotContain("\tat ");
    }

    @Test
    void aQuestionOfTwoFormatsIsALeakLikeAnyOther() throws IOException {
        Files.writeString(directory.resolve("unlabeled.csv"), "problem\nWhat is 11 plus one?\n");

        assertThat(doctor()).isNotZero();
        assertThat(said()).contains("is also unlabeled question unlabeled-1");
    }

    @Test
    void questionsReadsDirectoriesAndWritesWhatRecipesRead() {
        Path out = directory.resolve("out.jsonl");

        int status = execute(
                "questions",
                "--out",
                out.toString(),
                directory.resolve("labeled/train").toString(),
                "--without",
                directory.resolve("holdout.parquet").toString());

        assertThat(status).as(errors.toString()).isZero();
        assertThat(said()).contains("3 rows, 3 questions", "3 questions in " + out);
        assertThat(out).content().contains("\"id\":\"train-3\"", "What is 2 plus one?", "\"answer\":\"3\"");
        assertThat(execute("questions", "--out", "x.jsonl", "https://example.org/x.parquet"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("is an address, and nothing is fetched here");
        assertThat(execute(
                        "questions",
                        "--out",
                        directory
                                .resolve("labeled/data/train-00000-of-00002.parquet")
                                .toString(),
                        directory.resolve("labeled").toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("would be overwritten");
    }

    private static void verl(Path file, int from, int to) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(new DuckDBDriver().connect("jdbc:duckdb:", new Properties()));
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 'sums' AS data_source, [{'role': 'user', 'content': 'What is ' || i ||"
                    + " ' plus one?'}] AS prompt, 'MATH' AS ability, {'style': 'rule', 'ground_truth': (i + 1)::VARCHAR}"
                    + " AS reward_model, {'index': i} AS extra_info FROM range(" + from + ", " + to + ") t(i)) TO '"
                    + file
                    + "' (FORMAT PARQUET)");
        }
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private int doctor() {
        return execute(
                "doctor",
                "--workspace=" + directory,
                "--port-base=23400",
                directory.resolve("tables.yaml").toString());
    }

    private int execute(String... arguments) {
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            return Tempo.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
        } finally {
            System.setOut(before);
        }
    }
}
