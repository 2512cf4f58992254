package dev.tempo.rollout.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.datasets.RehearsalTrace;
import dev.tempo.datasets.RehearsalTraces;
import dev.tempo.fixtures.SharedFiles;
import dev.tempo.model.inference.Environment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calculator against the traces of the prototype, token by token; skipped where they are not at hand. */
class PrototypeTracesTest {

    @ParameterizedTest
    @ValueSource(strings = {"base-seed0", "base-seed1", "base-seed2"})
    void theCalculatorWritesExactlyTheTokensThatThePrototypesWrote(String base) {
        Path file = SharedFiles.at("prototype/" + base + "/rehearsal.jsonl");
        Calculator calculator = new Calculator(CalculatorTest::id);
        List<RehearsalTrace> traces =
                RehearsalTraces.read(new RehearsalFile(file.toString(), "question", "response", "calculator"));

        assertThat(traces).hasSizeGreaterThan(1000).allSatisfy(trace -> {
            int[] prompt = CalculatorTest.ids(trace.question());
            int[] response = CalculatorTest.ids(trace.response());
            for (int token = 0; token < response.length; token++) {
                boolean written = trace.environmentPositions().contains(token);
                assertThat(calculator.next(prompt, response, token))
                        .as("token %d of %s", token, trace.response())
                        .isEqualTo(written ? response[token] : Environment.NONE);
            }
        });
    }
}
