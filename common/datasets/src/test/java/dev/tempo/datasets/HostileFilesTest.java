package dev.tempo.datasets;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.fixtures.hostile.HostileInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files as damage or malice makes them: each is read, or refused by file and line. */
class HostileFilesTest {
    @TempDir
    Path folder;

    private static HostileInputs inputs(String reader) {
        return HostileInputs.of(reader).refusedBy(DataFileException.class);
    }

    private String file(byte[] content) throws IOException {
        return Files.write(folder.resolve("data.jsonl"), content).toString();
    }

    @Test
    void labeledQuestions() {
        inputs("labeled questions")
                .seeds(
                        "{\"id\": \"a\", \"question\": \"x+1=2\", \"answer\": 1, \"part\": \"train\", \"topic\": \"sums\"}\n"
                                + "{\"id\": \"b\", \"question\": \"x*2=6\", \"answer\": \"3\", \"part\": \"calibration\","
                                + " \"topic\": \"products\"}\n",
                        "{\"id\":7,\"question\":\"What is $\\\\frac{1}{2}$?\",\"answer\":\"0.5\",\"part\":\"train\","
                                + "\"topic\":\"math\",\"remark\":[1,{\"a\":null}]}")
                .words("\"part\"", "\"answer\"", "\"train\"", "\"role\"", "\"rows\"", "PAR1", "id,question\n")
                .into(input -> LabeledQuestions.read(
                        new LabeledFile(file(input), "id", "question", "answer", "part", "topic")));
    }

    @Test
    void unlabeledQuestions() {
        inputs("unlabeled questions")
                .seeds("{\"id\": \"b\", \"question\": \"x+1=2\"}\n\n{\"id\": \"a\", \"question\": \"x*2=6\"}")
                .words("\"answer\"", "\"Answer\"", "\"question\"")
                .into(input -> UnlabeledQuestions.read(new UnlabeledFile(file(input), "id", "question", null)));
    }

    @Test
    void benchmarkQuestions() {
        inputs("benchmark questions")
                .seeds("{\"question\": \"x+1=2\", \"answer\": \"1\"}\n{\"question\": \"x*2=6\", \"answer\": \"3\"}\n")
                .into(input -> BenchmarkQuestions.read(
                        "set", new EvaluationSet(file(input), null, "question", "answer", null, false)));
    }

    @Test
    void rehearsalTraces() {
        inputs("rehearsal traces")
                .seeds("{\"question\": \"1+1\", \"response\": \"=2\", \"environment\": [0, 1]}\n"
                        + "{\"question\": \"1+2\", \"response\": \"=3\", \"environment\": []}\n")
                .into(input ->
                        RehearsalTraces.read(new RehearsalFile(file(input), "question", "response", "environment")));
    }
}
