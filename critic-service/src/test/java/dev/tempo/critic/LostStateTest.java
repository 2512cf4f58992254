package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.fixtures.Damage;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.TrainerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** A critic whose files were damaged while nobody trained it. */
@ExtendWith(OutputCaptureExtension.class)
class LostStateTest {
    @TempDir
    Path directory;

    private ModelReference base;

    @BeforeEach
    void base() {
        base = TinyModel.write(directory.resolve("base"));
    }

    @ParameterizedTest
    @EnumSource(ValuesFrom.class)
    void theOlderCheckpointComesToTheSameBitsWheneverTheNewestIsLost(ValuesFrom from, CapturedOutput output) {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(2, 3), Recipes.tempo(3, 2, from, true));
        Bench undisturbed = new Bench(directory.resolve("undisturbed"), recipe, base, null).start();
        undisturbed.runThrough();
        Damage[] damages = Damage.values();
        for (int kill = 2; kill <= undisturbed.sends(); kill++) {
            Bench killed = new Bench(directory.resolve("killed" + kill), recipe, base, null).start();
            killed.dies = Bench.at(kill);
            Damage damage = damages[kill % damages.length];
            killed.whenDead = () -> damage.to(files(killed).checkpoint());
            killed.runThroughKills();
            assertThat(killed.versions()).as("killed at %s", kill).isEqualTo(undisturbed.versions());
            assertThat(killed.valued()).as("killed at %s", kill).isEqualTo(undisturbed.valued());
        }
        assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ")))
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(line).contains("round=").contains("/checkpoints/critic/state "));
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aRunWithoutAnyWholeCheckpointStopsWithFileAndRemedy(Damage damage) {
        Bench bench = killedAfterARound();
        damage.toAllIn(files(bench).checkpoint().resolveSibling(""), "lock");
        assertStopped(bench);
    }

    @Test
    void aDeletedDirectoryOfCheckpointsIsNotTakenForANewRun() throws IOException {
        Bench bench = killedAfterARound();
        FileSystemUtils.deleteRecursively(directory.resolve("run/checkpoints"));
        assertStopped(bench);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theNewestVersionIsWrittenAgainFromItsCheckpoint(Damage damage) {
        Recipe recipe = Recipes.of(directory, Recipes.tempo(1, 1, ValuesFrom.RECALIBRATED, false));
        Bench bench = new Bench(directory.resolve("run"), recipe, base, null).start();
        bench.runThrough();
        bench.kill();
        ModelReference newest = bench.of(Topics.CRITIC_VERSIONS).get(0).model();
        damage.to(RunDirectory.pathOf(newest).resolve("model.safetensors"));
        bench.start();
        new ModelDirectory(RunDirectory.pathOf(newest)).verify(newest.sha256());
        damage.to(RunDirectory.pathOf(newest).resolve("model.safetensors"));
        bench.pass(Duration.ofSeconds(1));
        new ModelDirectory(RunDirectory.pathOf(newest)).verify(newest.sha256());
    }

    @Test
    void itsConfigAndTokenizerAreWrittenAgainTooAndABitThatFlipsWithoutATraceIsFound() throws IOException {
        Recipe recipe = Recipes.of(directory, Recipes.tempo(1, 1, ValuesFrom.RECALIBRATED, false));
        Bench bench = new Bench(directory.resolve("run"), recipe, base, null).start();
        bench.runThrough();
        ModelReference newest = bench.of(Topics.CRITIC_VERSIONS).get(0).model();
        for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Path file = RunDirectory.pathOf(newest).resolve(name);
            byte[] whole = Files.readAllBytes(file);
            Damage.FLIPPED.to(file);
            bench.pass(Duration.ofSeconds(1));
            assertThat(file).hasBinaryContent(whole);
        }
        bench.kill();
        bench.start();
        Path weights = RunDirectory.pathOf(newest).resolve("model.safetensors");
        Damage.flipUnseen(weights);
        for (int look = 0; look < 40; look++) {
            bench.pass(Duration.ofSeconds(1));
        }
        new ModelDirectory(RunDirectory.pathOf(newest)).verify(newest.sha256());
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theVersionBeforeTheNewestIsWrittenAgainFromTheCheckpointBefore(Damage damage) {
        Recipe recipe = Recipes.of(directory, Recipes.tempo(3, 1, ValuesFrom.RECALIBRATED, false));
        Bench bench = new Bench(directory.resolve("run"), recipe, base, null).start();
        bench.runThrough();
        List<CriticVersion> announced = bench.of(Topics.CRITIC_VERSIONS);
        ModelReference former = announced.get(announced.size() - 2).model();
        damage.to(RunDirectory.pathOf(former).resolve("model.safetensors"));
        bench.pass(Duration.ofSeconds(1));
        new ModelDirectory(RunDirectory.pathOf(former)).verify(former.sha256());

        bench.kill();
        damage.to(RunDirectory.pathOf(former).resolve("model.safetensors"));
        bench.start();
        new ModelDirectory(RunDirectory.pathOf(former)).verify(former.sha256());
    }

    private Bench killedAfterARound() {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(3, 1));
        Bench bench = new Bench(directory.resolve("run"), recipe, base, null).start();
        bench.policy(0);
        bench.deliver();
        bench.kill();
        return bench;
    }

    private void assertStopped(Bench bench) {
        int sent = bench.sent.size();
        bench.start();
        bench.policy(1);
        assertThat(bench.sent).hasSize(sent);
        assertThat(bench.board.describe("run-1"))
                .startsWith("stopped: ")
                .contains(files(bench).checkpoint().toString())
                .contains("./tempo run ");
    }

    private static TrainerFiles files(Bench bench) {
        return RunDirectory.of(bench.run).critic();
    }
}
