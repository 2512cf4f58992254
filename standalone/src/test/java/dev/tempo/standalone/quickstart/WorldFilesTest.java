package dev.tempo.standalone.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldFilesTest {
    private static final List<String> FILES =
            List.of("labeled.jsonl", "unlabeled.jsonl", "unlabeled-answers.jsonl", "holdout.jsonl", "rehearsal.jsonl");

    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        write(0, directory.resolve("first"));
    }

    @Test
    void theSameSeedWritesTheSameBytes() {
        write(0, directory.resolve("second"));

        assertThat(FILES)
                .allSatisfy(file -> assertThat(directory.resolve("second").resolve(file))
                        .hasSameBinaryContentAs(directory.resolve("first").resolve(file)));
    }

    @Test
    void anotherSeedWritesOtherQuestions() throws IOException {
        write(1, directory.resolve("second"));

        for (String file : FILES) {
            assertThat(Files.readString(directory.resolve("second").resolve(file)))
                    .isNotEqualTo(Files.readString(directory.resolve("first").resolve(file)));
        }
    }

    @Test
    void unlabeledQuestionsAreTheBenchmarksWithoutTheirAnswers() throws IOException {
        List<String> without = Files.readAllLines(directory.resolve("first").resolve("unlabeled.jsonl"));
        List<String> with = Files.readAllLines(directory.resolve("first").resolve("unlabeled-answers.jsonl"));

        assertThat(without).hasSize(128).noneMatch(line -> line.contains("answer"));
        assertThat(with.stream().map(line -> line.replaceAll(",\"answer\":\"[0-9a]\"", "")))
                .isEqualTo(without);
    }

    @Test
    void theShippedDataOfSeedZeroIsWhatTheCodeWrites() {
        Path shipped = Path.of("..", "recipes", "quickstart", "seed0");
        write(0, 8_000, directory.resolve("all"));

        assertThat(FILES)
                .allSatisfy(file -> assertThat(directory.resolve("all").resolve(file))
                        .hasSameBinaryContentAs(shipped.resolve(file)));
    }

    private static void write(long seed, Path directory) {
        write(seed, 50, directory);
    }

    private static void write(long seed, int traces, Path directory) {
        World world = new World(seed);
        Teacher teacher = new Teacher(world);
        new WorldFiles(directory, new SymbolLanguage())
                .write(world, world.corpus(traces).stream().map(teacher::trace).toList());
    }
}
