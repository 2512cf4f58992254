package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.device.MachineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fingerprint of the example's first stage. */
class FingerprintTest {
    private static final String BASE = "0".repeat(64);
    private static final Numerics HERE = new Numerics(1, "0123");
    private static final PlugInFolders PLUG_INS = new PlugInFolders(Path.of("no-judges"), Path.of("no-environments"));

    @TempDir
    Path directory;

    private String original = "";

    @BeforeEach
    void takeOriginal() throws IOException {
        original = of("", "");
    }

    @Test
    void theSameRecipeHasTheSameFingerprint() throws IOException {
        assertThat(of("", "")).isEqualTo(original).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed: 5|seed: 6",
                "every: 2|every: 1",
                "samples: 4, sets|samples: 8, sets",
                "temperature: 1.0|temperature: 0.9",
                "maxNewTokens: 22|maxNewTokens: 23",
                "[block-inversion]|[math]",
                "samples: 2|samples: 3",
                "rounds: 2|rounds: 3",
                "learningRate: 3e-4|learningRate: 2e-4",
                "reward: verdict|{reward: verdict, criticWarmUp: 1}",
                "{file: labeled.jsonl}|{file: labeled.jsonl, answer: solution}",
                "{file: holdout.jsonl}|{file: labeled.jsonl}"
            })
    void everyFieldThatBearsOnTheStageChangesIt(String field, String other) throws IOException {
        String replacement = other.startsWith("{reward") ? "reward: verdict\n    criticWarmUp: 1" : other;

        assertThat(of(field, replacement)).isNotEqualTo(original);
    }

    @ParameterizedTest
    @ValueSource(strings = {"labeled", "unlabeled", "rehearsal", "holdout"})
    void soDoesTheContentOfEveryFile(String name) throws IOException {
        Files.writeString(directory.resolve(name + ".jsonl"), "{\"question\": \"another?\"}\n");

        assertThat(of("", "")).isNotEqualTo(original);
    }

    @Test
    void soDoTheJarsOfItsJudges() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("judges"));
        PlugInFolders jars = new PlugInFolders(folder, PLUG_INS.environments());
        Recipe ownJudges = Example.recipe(directory, "[block-inversion]", "[poem]");
        Recipe builtIn = Example.recipe(directory);
        String without = Fingerprint.of(ownJudges, 1, BASE, HERE, jars);
        Files.writeString(folder.resolve("poem.jar"), "one");
        String one = Fingerprint.of(ownJudges, 1, BASE, HERE, jars);
        Files.writeString(folder.resolve("poem.jar"), "two");

        assertThat(one).isNotEqualTo(without);
        assertThat(Fingerprint.of(ownJudges, 1, BASE, HERE, jars)).isNotEqualTo(one);
        assertThat(Fingerprint.of(builtIn, 1, BASE, HERE, jars)).isEqualTo(original);
    }

    @Test
    void soDoTheJarsOfItsEnvironmentWhereverThoseOfItsJudgesLie() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("environments"));
        PlugInFolders jars = new PlugInFolders(directory.resolve("elsewhere/judges"), folder);
        Recipe plugIn = Example.recipe(directory, "maxNewTokens: 22", "maxNewTokens: 22, environment: abacus");
        Files.writeString(folder.resolve("abacus.jar"), "one");
        String one = Fingerprint.of(plugIn, 1, BASE, HERE, jars);
        String builtIn = Fingerprint.of(Example.recipe(directory), 1, BASE, HERE, jars);
        Files.writeString(folder.resolve("abacus.jar"), "two");

        assertThat(Fingerprint.of(plugIn, 1, BASE, HERE, jars)).isNotEqualTo(one);
        assertThat(builtIn).isEqualTo(original);
    }

    @Test
    void soDoBaseThreadsAndTheMachinesProducts() throws IOException {
        assertThat(Fingerprint.of(Example.recipe(directory), 1, "1".repeat(64), HERE, PLUG_INS))
                .isNotEqualTo(original);
        assertThat(Fingerprint.of(Example.recipe(directory), 1, BASE, new Numerics(2, "0123"), PLUG_INS))
                .isNotEqualTo(original);
        assertThat(Fingerprint.of(Example.recipe(directory), 1, BASE, new Numerics(1, "0124"), PLUG_INS))
                .isNotEqualTo(original);
    }

    @Test
    void soDoNumericsThatAreNotTheMachinesOwn() throws IOException {
        System.setProperty(MachineSettings.NUMERICS, "native");
        try {
            assertThat(Fingerprint.of(Example.recipe(directory), 1, BASE, HERE, PLUG_INS))
                    .isEqualTo(original);
            System.setProperty(MachineSettings.NUMERICS, "portable");
            assertThat(Fingerprint.of(Example.recipe(directory), 1, BASE, HERE, PLUG_INS))
                    .isNotEqualTo(original);
        } finally {
            System.clearProperty(MachineSettings.NUMERICS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: example|name: renamed",
                "model: base|model: elsewhere/base",
                "rounds: 4|rounds: 9",
                "learningRate: 1e-4|learningRate: 9e-4"
            })
    void whatDoesNotBearOnTheStageDoesNotChangeIt(String field, String other) throws IOException {
        assertThat(of(field, other)).isEqualTo(original);
    }

    @Test
    void promotionBearsOnAStageWhereTrainingMayGoBack() throws IOException {
        Path questions = Files.writeString(directory.resolve("promotion.jsonl"), "{\"question\": \"promoted?\"}\n");
        assertThat(withPromotion("")).isEqualTo(original);
        assertThat(withPromotion(", every: 3")).isEqualTo(original);
        String back = withPromotion(", goBackAfter: 2");
        assertThat(back).isNotEqualTo(original).isEqualTo(withPromotion(", goBackAfter: 2"));
        assertThat(withPromotion(", goBackAfter: 3")).isNotEqualTo(back);
        assertThat(withPromotion(", goBackAfter: 2, every: 3")).isNotEqualTo(back);
        Files.writeString(questions, "{\"question\": \"another?\"}\n");
        assertThat(withPromotion(", goBackAfter: 2")).isNotEqualTo(back);
    }

    private String withPromotion(String settings) throws IOException {
        return of("judges:", "promotion: {file: promotion.jsonl" + settings + "}\njudges:");
    }

    @Test
    void whereTheFilesLieDoesNotMatter(@TempDir Path elsewhere) throws IOException {
        assertThat(Fingerprint.of(Example.recipe(elsewhere), 1, BASE, HERE, PLUG_INS))
                .isEqualTo(original);
    }

    @Test
    void aDirectoryIsItsFilesAndTheirNamesWhereverItLies(@TempDir Path elsewhere) throws IOException {
        String one = ofDirectory(directory, "train-0.jsonl", "holdout?");

        assertThat(one).isNotEqualTo(original);
        assertThat(ofDirectory(elsewhere, "train-0.jsonl", "holdout?")).isEqualTo(one);
        assertThat(ofDirectory(elsewhere, "train-0.jsonl", "another?")).isNotEqualTo(one);
        Files.delete(elsewhere.resolve("holdout/train-0.jsonl"));
        assertThat(ofDirectory(elsewhere, "train-1.jsonl", "holdout?")).isNotEqualTo(one);
    }

    private static String ofDirectory(Path place, String name, String question) throws IOException {
        Path folder = Files.createDirectories(place.resolve("holdout"));
        Files.writeString(folder.resolve(name), "{\"question\": \"" + question + "\"}\n");
        return Fingerprint.of(
                Example.recipe(place, "{file: holdout.jsonl}", "{file: holdout}"), 1, BASE, HERE, PLUG_INS);
    }

    @Test
    void anotherTokenizerIsAnotherFingerprint() throws IOException {
        Files.writeString(directory.resolve("base/tokenizer.json"), "{ }");

        assertThat(of("", "")).isNotEqualTo(original);
    }

    @Test
    void moreStagesAreAnotherFingerprint() throws IOException {
        assertThat(Fingerprint.of(Example.recipe(directory), 2, BASE, HERE, PLUG_INS))
                .isNotEqualTo(original);
    }

    private String of(String field, String other) throws IOException {
        return Fingerprint.of(Example.recipe(directory, field, other), 1, BASE, HERE, PLUG_INS);
    }
}
