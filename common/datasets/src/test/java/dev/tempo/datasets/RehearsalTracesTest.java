package dev.tempo.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.RehearsalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTracesTest {
    @TempDir
    Path folder;

    @Test
    void tracesNameTheTokensThatAnEnvironmentWrote() throws IOException {
        List<RehearsalTrace> traces = read(
                "{\"q\": \"x*6+9=2\", \"r\": \"693*67+95=2N$\", \"calculator\": [5, 8]}",
                "{\"q\": \"x=1\", \"r\": \"1$\", \"calculator\": []}");

        assertThat(traces.get(0).environment(13).bits()).isEqualTo("0000010010000");
        assertThat(traces.get(1).environment(2).bits()).isEqualTo("00");
    }

    @Test
    void aPositionBeyondTheResponseIsNamed() {
        RehearsalTrace trace = new RehearsalTrace("x=1", "1$", List.of(2));

        assertThatThrownBy(() -> trace.environment(2)).hasMessageContaining("'1$' has 2 tokens, but position 2");
    }

    @Test
    void positionsMustAscend() {
        assertThatThrownBy(() -> read("{\"q\": \"x=1\", \"r\": \"1$\", \"calculator\": [1, 1]}"))
                .hasMessageContaining("line 1: column 'calculator' should list ascending positions from 0 on");
    }

    @Test
    void positionsMustBeAList() {
        assertThatThrownBy(() -> read("{\"q\": \"x=1\", \"r\": \"1$\", \"calculator\": \"01\"}"))
                .hasMessageContaining("should be a list of positions");
    }

    private List<RehearsalTrace> read(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("rehearsal.jsonl"), String.join("\n", lines));
        return RehearsalTraces.read(new RehearsalFile(file.toString(), "q", "r", "calculator"));
    }
}
