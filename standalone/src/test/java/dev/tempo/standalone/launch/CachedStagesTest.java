package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.fixtures.Damage;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachedStagesTest {
    private static final Numerics HERE = new Numerics(1, "0123");
    private static final String BASE = "0".repeat(64);

    private static final PlugInFolders NO_PLUG_INS =
            new PlugInFolders(Path.of("no-judges"), Path.of("no-environments"));

    @TempDir
    Path directory;

    private StageCache cache = new StageCache(Path.of("."), HERE, NO_PLUG_INS);

    @BeforeEach
    void empty() {
        cache = new StageCache(directory.resolve("cache"), HERE, NO_PLUG_INS);
    }

    @Test
    void aStageThatIsNotFinishedIsNotKept() throws IOException {
        assertThat(cache.keep("first", recipe(), BASE, 1, new RunDirectory(directory.resolve("first")), List.of()))
                .isFalse();
        assertThat(cache.find(recipe(), BASE)).isEmpty();
    }

    @Test
    void aKeptStageIsFoundWithItsWeightsItsOriginAndItsMeasurements() throws IOException {
        keep("first");

        StageCache.Found found = cache.find(recipe(), BASE).orElseThrow();

        assertThat(found.start().version()).isEqualTo(2);
        assertThat(found.start().origin()).isEqualTo("first");
        Path policy = Path.of(URI.create(found.start().policy().uri()));
        assertThat(policy.resolve("model.safetensors")).hasContent("policy of first");
        assertThat(found.start().policy().sha256()).isEqualTo(Fingerprint.sha256(policy.resolve("model.safetensors")));
        assertThat(found.start().critic().uri()).contains(found.start().fingerprint());
        assertThat(found.reports()).extracting(EvaluationReport::version).containsExactly(0);
    }

    @Test
    void itsMeasurementsNameTheRunThatMadeThemEvenAtSecondHand() throws IOException {
        keep("first");

        List<EvaluationReport> second = cache.find(recipe(), BASE).orElseThrow().reportsFor("second");

        assertThat(second).singleElement().satisfies(report -> {
            assertThat(report.run()).isEqualTo("second");
            assertThat(report.origin()).isEqualTo("first");
        });
        StageCache.Found atSecondHand =
                new StageCache.Found(cache.find(recipe(), BASE).orElseThrow().start(), second);
        assertThat(atSecondHand.reportsFor("third"))
                .extracting(EvaluationReport::origin)
                .containsExactly("first");
    }

    @Test
    void whereTrainingMayGoBackNoStageIsKeptOrFound() throws IOException {
        Files.writeString(directory.resolve("promotion.jsonl"), "{\"question\": \"promoted?\"}\n");
        Recipe back =
                Example.recipe(directory, "judges:", "promotion: {file: promotion.jsonl, goBackAfter: 2}\njudges:");
        keep("first");
        assertThat(cache.keep("first", back, BASE, 1, new RunDirectory(directory.resolve("first")), List.of()))
                .isFalse();
        assertThat(cache.find(back, BASE)).isEmpty();
        assertThat(cache.find(recipe(), BASE)).isPresent();
    }

    @Test
    void theFirstRunThatKeepsAStageStaysItsOrigin() throws IOException {
        keep("first");
        keep("second");

        assertThat(cache.find(recipe(), BASE).orElseThrow().start().origin()).isEqualTo("first");
    }

    @Test
    void anotherBaseThreadCountMachineOrFirstStageIsNotFound() throws IOException {
        keep("first");

        assertThat(cache.find(recipe(), "1".repeat(64))).isEmpty();
        assertThat(new StageCache(directory.resolve("cache"), new Numerics(2, "0123"), NO_PLUG_INS)
                        .find(recipe(), BASE))
                .isEmpty();
        assertThat(new StageCache(directory.resolve("cache"), new Numerics(1, "0124"), NO_PLUG_INS)
                        .find(recipe(), BASE))
                .isEmpty();
        assertThat(cache.find(Example.recipe(directory, "samples: 2", "samples: 3"), BASE))
                .isEmpty();
        assertThat(cache.find(Example.recipe(directory, "rounds: 4", "rounds: 5"), BASE))
                .isPresent();
    }

    @Test
    void anEntryWithoutItsLastFileIsNotFound() throws IOException {
        keep("first");
        Path entry = directory.resolve("cache").resolve(Fingerprint.of(recipe(), 1, BASE, HERE, NO_PLUG_INS));
        Files.delete(entry.resolve("entry.json"));

        assertThat(cache.find(recipe(), BASE)).isEmpty();
    }

    @Test
    void whatADyingLauncherLeftBesideIsNotFoundAndNotInTheWay() throws IOException {
        Path half = Files.createDirectories(
                directory.resolve("cache").resolve(".first-1").resolve("policy"));
        Files.createDirectories(directory.resolve("cache").resolve(".another-1").resolve("critic"));
        Files.writeString(half.resolve("model.safetensors"), "half");
        assertThat(cache.find(recipe(), BASE)).isEmpty();

        keep("first");

        assertThat(cache.find(recipe(), BASE)).isPresent();
        assertThat(directory.resolve("cache"))
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
    }

    @ParameterizedTest
    @CsvSource({
        "entry.json, FLIPPED",
        "entry.json, TORN",
        "entry.sha256, MISSING",
        "policy/model.safetensors, FLIPPED",
        "policy/model.safetensors, MISSING",
        "critic/model.safetensors, TORN"
    })
    void aDamagedEntryIsComputedAgainWithANoteAndTakesItsPlaceAgain(String name, Damage damage) throws IOException {
        keep("first");
        Path entry = directory.resolve("cache").resolve(Fingerprint.of(recipe(), 1, BASE, HERE, NO_PLUG_INS));
        damage.to(entry.resolve(name));
        List<String> notes = new ArrayList<>();

        assertThat(cache.find(recipe(), BASE, notes::add)).isEmpty();
        assertThat(notes)
                .singleElement()
                .asString()
                .contains(entry.toString())
                .contains("computed again")
                .doesNotContain("\n");

        keep("second");
        StageCache.Found found = cache.find(recipe(), BASE, notes::add).orElseThrow();
        assertThat(found.start().origin()).isEqualTo("second");
        assertThat(Path.of(URI.create(found.start().policy().uri())).resolve("model.safetensors"))
                .hasContent("policy of second");
        assertThat(notes).hasSize(1);
    }

    @Test
    void anEntryThatCanBeReadButSaysSomethingElseIsNotBelieved() throws IOException {
        keep("first");
        Path file = directory
                .resolve("cache")
                .resolve(Fingerprint.of(recipe(), 1, BASE, HERE, NO_PLUG_INS))
                .resolve("entry.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"roundOfStage\":0", "\"roundOfStage\":1"));
        assertThat(file).content().isNotEqualTo(text);

        assertThat(cache.find(recipe(), BASE)).isEmpty();
    }

    private void keep(String run) throws IOException {
        for (String kind : new String[] {"policy", "critic"}) {
            Path stage =
                    directory.resolve(run).resolve("stages").resolve("stage1").resolve(kind);
            Files.createDirectories(stage);
            Files.writeString(stage.resolve("model.safetensors"), kind + " of " + run);
            Files.writeString(stage.resolve("config.json"), "{}");
        }
        List<EvaluationReport> reports = List.of(report(run, 0), report(run, 2));
        assertThat(cache.keep(run, recipe(), BASE, 1, new RunDirectory(directory.resolve(run)), reports))
                .isTrue();
    }

    private Recipe recipe() throws IOException {
        return Example.recipe(directory);
    }

    private static EvaluationReport report(String run, int version) {
        return new EvaluationReport(run, version, "stage1", version, false, List.of(), null, 1, 1, null);
    }
}
