package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./tempo pretrain} as it is typed. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class PretrainCommandTest {
    private static final int REFUSED = 1;
    private static final int KILLED = 137;
    private static final Path RECIPES = Path.of("..", "recipes");
    private static final String WEIGHTS = "model.safetensors";
    private static final String CONFIG = "config.json";

    @TempDir
    Path directory;

    /** The data and the tokenizer are there long before the model has learnt from them. */
    @ParameterizedTest
    @ValueSource(strings = {"words", "tellings"})
    void whatShipsOfAWorldInWordsIsWhatTheCommandWrites(String world) throws IOException {
        Path made = directory.resolve("made");
        TempoProcess command = pretrain("--world=" + world, "--seed=0", "--out=" + made);
        Path shipped = RECIPES.resolve(world).resolve("seed0");
        List<String> data = named(shipped, ".jsonl");
        command.await(() -> data.stream().allMatch(name -> Files.exists(made.resolve(name))));
        command.kill();
        assertThat(command.status()).isEqualTo(KILLED);

        assertSame(data, shipped, made);
        Path untrained = made.resolve("untrained-qwen3");
        Path base = shipped.resolve("base");
        List<String> described =
                named(base, "").stream().filter(name -> !name.equals(WEIGHTS)).toList();
        assertThat(described).contains("tokenizer.json", "chat_template.jinja", CONFIG);
        assertSame(described, base, untrained);
        assertThat(made.resolve("base")).as("a base that is not ready yet").doesNotExist();
    }

    @Test
    @LongForm
    void aBaseWhoseMakingIsKilledIsMadeToTheSameBitsAndIsNotMadeTwice() throws IOException {
        Path undisturbed = directory.resolve("undisturbed");
        assertThat(pretrain("--seed=9", "--out=" + undisturbed).status()).isZero();
        Path killed = directory.resolve("killed");
        String[] typed = {"--seed=9", "--out=" + killed};
        TempoProcess first = pretrain(typed);
        first.await(() -> Files.exists(killed.resolve("untrained").resolve("pretraining.state")));
        first.kill();
        assertThat(first.status()).isEqualTo(KILLED);

        TempoProcess second = pretrain(typed);

        assertThat(second.status()).as(second.output()).isZero();
        assertThat(second.output()).contains("base model and data of seed 9 are in " + killed);
        assertSame(named(undisturbed, ".jsonl"), undisturbed, killed);
        assertSame(named(undisturbed.resolve("base"), ""), undisturbed.resolve("base"), killed.resolve("base"));
        assertThat(killed.resolve("base")).isDirectoryContaining("glob:**/" + WEIGHTS);
        assertThat(killed).isDirectoryNotContaining("glob:**/untrained*");
        TempoProcess third = pretrain(typed);
        assertThat(third.status()).isEqualTo(REFUSED);
        assertThat(third.output())
                .isEqualTo("tempo: " + killed.resolve("base") + " is there already; --force replaces it\n");
    }

    private TempoProcess pretrain(String... arguments) {
        return TempoProcess.start(
                directory,
                Stream.concat(Stream.of("pretrain"), Arrays.stream(arguments)).toList());
    }

    private static void assertSame(List<String> names, Path expected, Path actual) {
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name)));
    }

    private static List<String> named(Path directory, String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .sorted()
                    .toList();
        }
    }
}
