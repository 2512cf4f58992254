package dev.tempo.datasets.published;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.comparison.QuestionKey;
import dev.tempo.datasets.published.PublishedQuestions.Selection;
import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published files as damage or malice makes them: questions are taken from each, or it is refused by file and row. */
class HostilePublicationsTest {
    @TempDir
    Path folder;

    @Test
    void publishedQuestions() {
        HostileInputs.of("published questions")
                .seeds(
                        "{\"question\": \"Which?\", \"choices\": [\"two\", \"three\"], \"answer\": 1}",
                        "[{\"question\": \"Which?\", \"options\": {\"A\": \"two\", \"B\": \"three\"}, \"answer_idx\": \"B\"}]",
                        "{\"question\": {\"stem\": \"Which?\", \"choices\": [{\"text\": \"two\", \"label\": \"A\"}, {\"text\":"
                                + " \"three\", \"label\": \"B\"}]}, \"answerKey\": \"B\"}",
                        "{\"query\": \"Q: Which? Answer Choices: (A)two (B)three\\nA: Among A through B, the answer is\","
                                + " \"choices\": [\"(A)two\", \"(B)three\"], \"gold\": [1]}",
                        "{\"features\": [], \"rows\": [{\"row_idx\": 0, \"row\": {\"problem\": \"1+1\", \"answer\": 2},"
                                + " \"truncated_cells\": []}]}",
                        "{\"examples\": [{\"input\": \"Is it?\", \"target\": \"Yes\"}]}",
                        "{\"question\": \"How many?\", \"answer\": \"2 and 3 make 5.\\n#### 1,005\"}",
                        "{\"prompt\": [{\"role\": \"user\", \"content\": \"1+1=?\"}], \"reward_model\": {\"ground_truth\": \"2\"}}",
                        "{\"question\": \"Which gas?\", \"distractor1\": \"ozone\", \"distractor2\": \"neon\", \"distractor3\":"
                                + " \"argon\", \"correct_answer\": \"oxygen\", \"support\": \"\"}")
                .words(
                        "\"answer\"",
                        "\"choices\"",
                        "\"gold\"",
                        "\"rows\"",
                        "\"data\"",
                        "\"examples\"",
                        "\"truncated_cells\"")
                // names that were kept for the next file, until one of a hundred bytes cost tens of megabytes
                .found(IntStream.range(0, 600)
                        .mapToObj(file -> "{\"" + "n".repeat(40_000) + file + "\": 1}")
                        .toArray(String[]::new))
                .found("{\"promrt\": [], \"regard_model\": {\"grnullound_truth\": \"2\"}}")
                .refusedBy(DataFileException.class)
                // groups of a formula are copied out of each other, up to 100 deep
                .allocating(2_500, 16 << 20)
                .into(input -> {
                    Path file = Files.write(folder.resolve("published.json"), input);
                    PublishedQuestions questions = new PublishedQuestions(Selection.labeled(), String::equals);
                    questions.add(file);
                    return questions.questions();
                });
    }

    /** A question of any text has a key. */
    @Test
    void keysOfQuestions() {
        HostileInputs.of("key of a question")
                .seeds(
                        "Let $x^2 + \\frac{1}{2} = 3$. Find \\textbf{all} values of $x$. Put your answer within \\boxed{}.",
                        "12. (5 points) What is \\(\\sqrt{2}\\)?\n(A) 1\n(B) 2",
                        "<b>Q1:</b> Solve &lt; x ≤ 5, where x ∈ ℝ.")
                .words("\\begin{align}", "\\", "{", "}", "$", "_{", "^{", "<b>", "&amp;")
                .refusedBy(NoText.class)
                .allocating(2_500, 16 << 20)
                .into(input -> {
                    String text = new String(input, StandardCharsets.UTF_8);
                    if (text.isBlank() || text.indexOf('\ufffd') >= 0) {
                        throw new NoText();
                    }
                    return QuestionKey.of(text);
                });
    }

    private static final class NoText extends Exception {
        private static final long serialVersionUID = 1;
    }
}
