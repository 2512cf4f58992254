package dev.tempo.standalone.judging;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of responses as damage or malice makes them: every line is a response or a problem. */
class HostileResponsesTest {

    private static final class Problem extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void responses() {
        HostileInputs.of("responses to judge")
                .seeds(
                        "{\"id\": 1, \"question\": \"1+1\", \"reference\": \"2\", \"response\": \"It is 2\", \"ended\": true}\n"
                                + "{\"gold\": [\"A\", \"B\"], \"pred\": \"A\"}\n",
                        "{\"answer\": {\"a\": 1}, \"output\": 3}")
                .words("\"ended\"", "\"reference\"", "\"response\"")
                .refusedBy(Problem.class)
                // every line is its own problem
                .allocating(2_000, 8 << 20)
                .into(input -> {
                    List<ResponseRow> rows = new ArrayList<>();
                    List<String> problems = new ArrayList<>();
                    new ResponseFile("responses.jsonl", new ByteArrayInputStream(input)).read(rows::add, problems::add);
                    if (!problems.isEmpty()) {
                        throw new Problem();
                    }
                    return rows;
                });
    }
}
