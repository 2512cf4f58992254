package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.datasets.published.PublishedQuestions;
import dev.tempo.datasets.published.PublishedQuestions.Selection;
import dev.tempo.datasets.published.Tally;
import dev.tempo.datasets.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two million rows in the long form (-Plong), as the hub has DAPO-Math-17K: each question a hundred times. */
@Tag("long")
class LongTableTest {
    private static final int ROWS = Boolean.getBoolean("tempo.long") ? 2_000_000 : 400_000;
    private static final String VERL = "SELECT 'math_dapo' AS data_source, [{'role': 'user', 'content': 'What is '"
            + " || (i % 20000) || ' plus one? ' || repeat('x', 60)}] AS prompt, 'MATH' AS ability,"
            + " {'style': 'rule', 'ground_truth': (i % 20000 + 1)::VARCHAR} AS reward_model, {'index': i} AS extra_info"
            + " FROM range(" + ROWS + ") t(i)";

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void itsRowsAreReadInConstantMemory() throws Exception {
        Path file = Tables.parquet(folder.resolve("dapo.parquet"), VERL);
        List<Long> resident = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();

        DataRows.read(file.toString(), DataRows.wanted("question", "answer"), row -> {
            if (row.row().number() % (ROWS / 10) == 0) {
                numbers.add(row.row().number());
                resident.add(resident());
                assertThat(row.text("question")).startsWith("What is 19999 plus one?");
                assertThat(row.text("answer")).isEqualTo("20000");
            }
        });

        assertThat(numbers).hasSize(10).last().isEqualTo(ROWS);
        // Whole, they are 80 MB of text in the short form, and several times that as objects.
        assertThat(resident.get(9) - resident.get(0)).isLessThan(60);
    }

    @Test
    void theQuestionsOfItAreEachTakenOnce() throws Exception {
        Path file = Tables.parquet(folder.resolve("dapo.parquet"), VERL.replace("" + ROWS, "60000"));
        PublishedQuestions questions = new PublishedQuestions(Selection.labeled(), String::equals);

        Tally tally = questions.add(file);

        assertThat(tally).hasToString("60000 rows, 20000 questions; left out: 40000 doubles");
        assertThat(questions.questions()).hasSize(20_000);
    }

    /** In megabytes. */
    private static long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
