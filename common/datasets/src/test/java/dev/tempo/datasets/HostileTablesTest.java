package dev.tempo.datasets;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.datasets.table.Tables;
import dev.tempo.fixtures.hostile.HostileInputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and compressed files as damage or malice makes them: each is read, or refused by file and row. */
class HostileTablesTest {
    private static final String CSV = "id,question,answer\n7,\"a, \"\"b\"\"\",1\n8,c,2\n";

    @TempDir
    Path folder;

    @Test
    void parquet() throws Exception {
        Path good = Tables.parquet(
                folder.resolve("good.parquet"),
                "SELECT i AS id, 'q' || i AS question, {'a': i::VARCHAR, 'b': [i]} AS answer FROM range(50) t(i)");
        inputs("parquet")
                .oneIn(10)
                .seed(Files.readAllBytes(good))
                .into(input -> read(Files.write(folder.resolve("a.parquet"), input), "answer.a"));
    }

    @Test
    void csv() {
        inputs("csv")
                .oneIn(10)
                .seeds(CSV, "question;answer\n1;2\n")
                .words("\"", ",", "\n", "\r", ";", "\u0000", "question")
                .into(input -> read(Files.write(folder.resolve("a.csv"), input), "answer"));
    }

    @Test
    void gzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"question\": \"q\", \"answer\": \"1\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        inputs("gzip")
                .seed(packed.toByteArray())
                // the shortest rows there are, each of which cost its reader far more than its length
                .found("{\"question\":\"q\",\"answer\":\"1\"}\n".repeat(1_150))
                .into(input -> read(Files.write(folder.resolve("a.jsonl.gz"), input), "answer"));
    }

    private static HostileInputs inputs(String reader) {
        return HostileInputs.of(reader).refusedBy(DataFileException.class);
    }

    private static List<LabeledQuestion> read(Path file, String answer) {
        return LabeledQuestions.read(new LabeledFile(file.toString(), null, "question", answer, null, null));
    }
}
