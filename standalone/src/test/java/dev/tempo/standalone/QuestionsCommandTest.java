package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.datasets.UnlabeledQuestions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionsCommandTest {
    private static final String RAW = """
            {"problem": "Half of four?", "answer": 2}
            {"problem": "Half of six?", "answer": "3"}
            {"problem": "half of four?", "answer": "2"}
            """;

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void whatIsWrittenIsWhatRecipesRead() throws IOException {
        Path raw = Files.writeString(directory.resolve("raw.jsonl"), RAW);
        Path labeled = directory.resolve("data").resolve("labeled.jsonl");
        Path unlabeled = directory.resolve("data").resolve("unlabeled.jsonl");

        assertThat(execute("questions", "--domain", "sums", "--out", labeled.toString(), raw.toString()))
                .isZero();
        assertThat(execute("questions", "--unlabeled", "--out", unlabeled.toString(), labeled.toString()))
                .isZero();

        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains(
                        "3 rows, 2 questions; left out: 1 doubles",
                        "2 questions in " + labeled,
                        "2 unlabeled questions");
        assertThat(LabeledQuestions.read(
                        new LabeledFile(labeled.toString(), "id", "question", "answer", null, "domain")))
                .extracting(row -> row.question().id() + " " + row.question().domain() + " " + row.answer())
                .containsExactly("raw-1 sums 2", "raw-2 sums 3");
        assertThat(UnlabeledQuestions.read(new UnlabeledFile(unlabeled.toString(), "id", "question", null)))
                .extracting(question -> question.id() + " " + question.text())
                .containsExactly("raw-1 Half of four?", "raw-2 Half of six?");
    }

    @Test
    void answersOfDoublesAreComparedByValue() throws IOException {
        Path raw = Files.writeString(directory.resolve("raw.jsonl"), """
                {"problem": "Find p.", "answer": "1/2"}
                {"problem": "Find $p$", "answer": "\\\\frac{1}{2}"}
                {"problem": "2. Find p. Please reason step by step, and put your final answer within \\\\boxed{}.", "answer": 0.5}
                {"problem": "Find q.", "answer": "0.5"}
                {"problem": "find  Q.", "answer": "3"}
                {"problem": "Which?", "options": ["(A) x", "(B) y", "(C) z"], "label": "AB"}
                {"problem": "which", "options": ["x", "y", "z"], "label": ["B", "A"]}
                """);
        Path out = directory.resolve("out.jsonl");

        assertThat(execute("questions", "--out", out.toString(), raw.toString()))
                .isZero();

        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("7 rows, 2 questions; left out: 3 doubles, 2 with another answer than their double");
        assertThat(LabeledQuestions.read(new LabeledFile(out.toString(), "id", "question", "answer", null, null)))
                .extracting(row -> row.answer())
                .containsExactly("1/2", "AB");
    }

    @Test
    void nothingIsWrittenWhereARowCannotBeUsed() throws IOException {
        Path raw = Files.writeString(directory.resolve("raw.jsonl"), RAW + "{\"problem\": \"Half?\"}\n");
        Path out = directory.resolve("out.jsonl");

        assertThat(execute("questions", "--out", out.toString(), raw.toString()))
                .isEqualTo(1);
        assertThat(errors.toString())
                .contains("raw.jsonl, row 4: field 'answer' or")
                .doesNotContain("\tat ");
        assertThat(out).doesNotExist();

        assertThat(execute("questions", "--skip-unusable", "--out", out.toString(), raw.toString()))
                .isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("1 unusable", "row 4: field 'answer' or");
        assertThat(out).exists();
    }

    @Test
    void aPublishedFileIsNotOverwrittenAndAnEmptyOneNotWritten() throws IOException {
        Path raw = Files.writeString(directory.resolve("raw.jsonl"), RAW);
        Path out = directory.resolve("out.jsonl");

        assertThat(execute("questions", "--out", raw.toString(), raw.toString()))
                .isEqualTo(1);
        assertThat(execute("questions", "--where", "source=x", "--out", out.toString(), raw.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("would be overwritten", "no question is left");
        assertThat(raw).hasContent(RAW);
        assertThat(out).doesNotExist();
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
