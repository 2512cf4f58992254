package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunStoppedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    Path directory;

    @Test
    void drawsDependOnSeedRoundAndMiniBatchAlone() {
        List<Sequence> traces = IntStream.range(0, 50)
                .mapToObj(token -> Sequence.of(new int[] {1}, new int[] {token}))
                .toList();
        Rehearsal rehearsal = Rehearsal.of(traces);
        List<Sequence> drawn = rehearsal.draw(1, 2, 3, 20);
        assertThat(Rehearsal.of(traces).draw(1, 2, 3, 20)).isEqualTo(drawn);
        assertThat(new HashSet<>(List.of(
                        drawn, rehearsal.draw(0, 2, 3, 20), rehearsal.draw(1, 3, 3, 20), rehearsal.draw(1, 2, 4, 20))))
                .hasSize(4);
    }

    @Test
    void aTraceEndsWithTheEndTokenOnceAndItsEnvironmentIsMasked() throws Exception {
        Path file = directory.resolve("traces.jsonl");
        Files.writeString(file, """
                {"question": "x*6+9=2", "response": "693*67$", "calculator": [5]}
                """);
        Sequence spelledOut = only(file);
        Files.writeString(file, """
                {"question": "x*6+9=2", "response": "693*67", "calculator": [5]}
                """);
        assertThat(only(file)).isEqualTo(spelledOut);
        assertThat(spelledOut.responseIds()).containsExactly(17, 20, 14, 3, 17, 18, TinyModel.END);
        assertThat(spelledOut.environmentMask()).containsExactly(false, false, false, false, false, true, false);
        assertThat(spelledOut.promptIds()).containsExactly(1, 3, 17, 2, 20, 4, 13);
    }

    @Test
    void aTraceThatTheTokenizerCannotExpressIsNamed() throws Exception {
        Path file = directory.resolve("traces.jsonl");
        Files.writeString(file, """
                {"question": "x*6+9=2", "response": "693*67$", "calculator": [5]}
                {"question": "why?", "response": "693*67$", "calculator": [5]}
                """);
        assertThatThrownBy(() -> only(file))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("trace 2 of " + file);
    }

    private Sequence only(Path file) {
        Path base = TinyModel.write(directory.resolve("base"));
        RehearsalFile columns = new RehearsalFile(file.toString(), "question", "response", "calculator");
        return Rehearsal.of(columns, new GivenFiles(directory.resolve("none")), new ModelDirectory(base))
                .draw(0, 0, 0, 1)
                .get(0);
    }
}
