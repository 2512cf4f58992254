package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Run;
import dev.tempo.fixtures.Damage;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.TrainerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** A run whose files were damaged while nobody trained it. */
@ExtendWith(OutputCaptureExtension.class)
class LostCheckpointTest extends TinyRuns {

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theOlderCheckpointComesToTheSameBitsWhenTheNewestIsLost(Damage damage, CapturedOutput output) {
        Run run = run("damaged");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                bench.write(rows(run, round)).deliver();
                bench.kill();
                damage.to(files(run).checkpoint());
                bench.start();
                assertThat(bench.latest().version()).isEqualTo(round);
                bench.deliver();
                assertThat(bench.latest().version()).isEqualTo(round + 1);
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
            assertThat(bench.latest().statistics())
                    .isEqualTo(undisturbed.latest().statistics());
            assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ")))
                    .hasSize(run.recipe().rounds())
                    .allSatisfy(line -> assertThat(line)
                            .contains("run=\"damaged\"")
                            .contains("round=")
                            .contains(files(run).checkpoint() + " "));
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aRunWithoutAnyWholeCheckpointStopsWithFileAndRemedy(Damage damage) {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            int published = bench.published.size();
            damage.toAllIn(files(run).checkpoint().resolveSibling(""), "lock");
            bench.start();
            bench.write(rows(run, 1)).deliver();
            assertThat(bench.published).hasSize(published);
            assertStopped(bench, run);
        }
    }

    @Test
    void aRunWhoseCheckpointsAreDeletedBeforeItsFirstRoundDoesNotBeginAgain() throws IOException {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0).subList(0, 2)).deliver().kill();
            FileSystemUtils.deleteRecursively(runs.resolve("damaged/checkpoints"));
            bench.start();
            assertThat(bench.versions()).containsExactly(0);
            assertStopped(bench, run);
        }
    }

    @Test
    void aRunOfWhichOnlyVersionsAreLeftDoesNotBeginAgain() throws IOException {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            try (Stream<Path> kept = Files.list(runs.resolve("damaged"))) {
                for (Path directory :
                        kept.filter(path -> !path.endsWith("policy")).toList()) {
                    FileSystemUtils.deleteRecursively(directory);
                }
            }
            bench.start();
            assertThat(bench.versions()).containsExactly(0, 1);
            assertStopped(bench, run);
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theNewestVersionIsWrittenAgainFromItsCheckpoint(Damage damage) {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            Path weights = files(run).version(1).resolve("model.safetensors");
            damage.to(weights);
            bench.start();
            assertThat(bench.latest().version()).isOne();
            new ModelDirectory(files(run).version(1))
                    .verify(bench.latest().model().sha256());
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theNewestVersionIsWrittenAgainWhileItsTrainerWaits(Damage damage) {
        Run run = run("damaged");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                bench.write(rows(run, round)).deliver();
                Path version = files(run).version(round + 1);
                damage.to(version.resolve("model.safetensors"));
                bench.tick();
                new ModelDirectory(version).verify(bench.latest().model().sha256());
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theVersionBeforeTheNewestIsWrittenAgainFromTheCheckpointBefore(Damage damage) {
        Run run = run("damaged");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            String first = bench.latest().model().sha256();
            Path version = files(run).version(1);
            bench.write(rows(run, 1)).deliver();
            damage.to(version.resolve("model.safetensors"));
            bench.tick();
            new ModelDirectory(version).verify(first);

            bench.kill();
            damage.to(version.resolve("model.safetensors"));
            bench.start();
            new ModelDirectory(version).verify(first);
            for (int round = 2; round < run.recipe().rounds(); round++) {
                bench.write(rows(run, round)).deliver();
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void aVersionThatNoCheckpointHoldsIsSaidToBeLostOnce(CapturedOutput output) {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            bench.write(rows(run, 1)).deliver();
            Path checkpoint = files(run).checkpoint();
            Damage.FLIPPED.to(checkpoint.resolveSibling("older-" + checkpoint.getFileName()));
            Damage.FLIPPED.to(files(run).version(1).resolve("model.safetensors"));
            bench.tick();
            bench.tick();
            assertThat(output.getOut().lines().filter(line -> line.contains("cannot be written again")))
                    .singleElement()
                    .asString()
                    .contains("run=\"damaged\"", "version=\"v00001\"");
            bench.write(rows(run, 2)).deliver();
            assertThat(bench.latest().version()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLIPPED, tokenizer.json",
        "TORN, config.json",
        "MISSING, tokenizer.json",
        "FLIPPED, config.json",
        "FLIPPED, files.sha256",
        "MISSING, files.sha256"
    })
    void configAndTokenizerOfTheNewestVersionAreWrittenAgainToo(Damage damage, String name) throws IOException {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            Path file = files(run).version(1).resolve(name);
            byte[] whole = Files.readAllBytes(file);
            damage.to(file);
            bench.start();
            assertThat(file).hasBinaryContent(whole);
            damage.to(file);
            bench.tick();
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.json", "model.safetensors"})
    void aBitThatFlipsWithoutATraceIsFoundWhileTheTrainerWaitsForLong(String name) throws IOException {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            Path file = files(run).version(1).resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int looks = 0; looks < 5; looks++) {
                bench.tick();
            }
            Damage.flipUnseen(file);
            for (int looks = 0; looks < 40; looks++) {
                bench.tick();
            }
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @Test
    void aBitThatFlipsInACheckpointWithoutATraceIsFoundWhenItIsRead(CapturedOutput output) {
        Run run = run("damaged");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            Damage.flipUnseen(files(run).checkpoint());
            bench.start().deliver();
            for (int round = 1; round < run.recipe().rounds(); round++) {
                bench.write(rows(run, round)).deliver();
            }
            assertThat(output.getOut()).contains(files(run).checkpoint() + " is damaged");
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void aVersionThatCannotBeWrittenStopsItsRunAndIsMadeWhenItCan() throws IOException {
        Run run = run("full");
        try (Bench bench = new Bench().start(run)) {
            Path inTheWay = Files.writeString(files(run).version(1), "as if the disk were full");
            bench.write(rows(run, 0)).deliver();
            assertThat(bench.versions()).containsExactly(0);
            assertThat(bench.board.describe("full")).startsWith("stopped: ").contains(inTheWay.toString());
            bench.kill();
            Files.delete(inTheWay);
            bench.start().deliver();
            assertThat(bench.versions()).containsExactly(0, 0, 1);
        }
    }

    @Test
    void whatAKilledTrainerDidNotFinishIsSweptByTheNext() throws IOException {
        Run run = run("damaged");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            Path checkpoint = files(run).checkpoint().resolveSibling(".checkpoint.safetensors-1.unfinished");
            Path version = files(run).version(1).resolve(".model.safetensors-1.unfinished");
            Path stage = Files.createDirectories(runs.resolve("damaged/stages/stage1/policy.part"));
            Path other = Files.createDirectories(runs.resolve("damaged/stages/stage1/critic.part"));
            Files.writeString(checkpoint, "half");
            Files.writeString(version, "half");
            Path own = files(run).checkpoint().resolveSibling("owner-1");
            Files.writeString(own.resolve("next-checkpoint.safetensors"), "half");
            bench.start();
            assertThat(own).doesNotExist();
            assertThat(own.resolveSibling("owner-2")).isEmptyDirectory();
            assertThat(checkpoint).doesNotExist();
            assertThat(version).doesNotExist();
            assertThat(stage).doesNotExist();
            assertThat(other).as("another trainer's").exists();
        }
    }

    private static void assertStopped(Bench bench, Run run) {
        assertThat(bench.board.describe(run.run()))
                .startsWith("stopped: ")
                .contains(files(run).checkpoint().toString())
                .contains("./tempo run ");
        assertThat(new PolicyHealth(bench.board).health().getStatus().getCode()).isEqualTo("DOWN");
    }

    private static TrainerFiles files(Run run) {
        return RunDirectory.of(run).policy();
    }
}
