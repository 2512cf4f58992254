package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.fixtures.Damage;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.TrainerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

class KilledRunTest extends TinyRuns {
    @Test
    void aRunKilledAfterEveryRowEndsWithTheSameWeights() {
        Run run = run("killed");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                for (ValuedTrajectory row : rows(run, round)) {
                    bench.write(List.of(row)).deliver();
                    bench.kill();
                    bench.start().deliver();
                }
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void aRunKilledBetweenVersionAndCheckpointMakesTheSameVersionAgain() throws Exception {
        Run run = run("killed");
        TrainerFiles files = new RunDirectory(runs.resolve("killed")).policy();
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                byte[] before = Files.readAllBytes(files.checkpoint());
                bench.write(rows(run, round)).deliverUntil(bench.topic.size() - 1);
                bench.deliverAndLosePublication();
                bench.kill();
                Files.write(files.checkpoint(), before);
                bench.start();
                assertThat(bench.latest().version()).isEqualTo(round);
                bench.deliver();
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
        }
    }

    @Test
    void aRunKilledBetweenCheckpointAndPublicationPublishesWhatItHad() {
        Run run = run("killed");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                bench.write(rows(run, round)).deliverUntil(bench.topic.size() - 1);
                bench.deliverAndLosePublication();
                assertThat(bench.latest().version()).isEqualTo(round);
                bench.kill();
                bench.start().deliver();
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
            assertThat(bench.latest().statistics())
                    .isEqualTo(undisturbed.latest().statistics());
            assertThat(bench.latest().rows()).isEqualTo(undisturbed.latest().rows());
        }
    }

    @Test
    void whoeverHearsOfTheLastVersionFindsItInFilesForOtherProgramsThoughItWasKilledBeforeItWroteThem()
            throws IOException {
        Run run = run("killed");
        RunDirectory files = RunDirectory.of(run);
        try (Bench bench = new Bench().start(run)) {
            int rounds = run.recipe().rounds();
            for (int round = 0; round < rounds; round++) {
                assertThat(files.finalModel()).doesNotExist();
                bench.write(rows(run, round)).deliverUntil(bench.topic.size() - 1);
                bench.deliverAndLosePublication();
            }
            Map<String, String> written = hashes(files.finalModel());
            bench.kill();
            FileSystemUtils.deleteRecursively(files.finalModel());
            Path torn = Files.createDirectories(files.path().resolve(".final.unfinished"));
            Files.writeString(torn.resolve("config.json"), "{");
            bench.start();
            assertThat(bench.latest().version()).isEqualTo(rounds);
            assertThat(hashes(files.finalModel()))
                    .isEqualTo(written)
                    .containsKeys("model.safetensors", "tokenizer.json", "generation_config.json");
            assertThat(torn).doesNotExist();
            bench.kill();
            Files.writeString(files.finalModel().resolve("README.md"), "the card");
            Damage.FLIPPED.to(files.finalModel().resolve("model.safetensors"));
            bench.start();
            assertThat(files.finalModel().resolve("README.md")).hasContent("the card");
            Files.delete(files.finalModel().resolve("README.md"));
            assertThat(hashes(files.finalModel())).isEqualTo(written);
        }
    }

    private static Map<String, String> hashes(Path directory) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                hashes.put(file.getFileName().toString(), DigestUtils.md5DigestAsHex(Files.readAllBytes(file)));
            }
        }
        return hashes;
    }

    @Test
    void rowsOfALaterRoundAreNotLostEvenWhenTheTrainerDies() {
        Run run = run("early");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            List<ValuedTrajectory> next = rows(run, 1);
            bench.write(next.subList(0, 3)).write(rows(run, 0)).deliver();
            assertThat(bench.latest().version()).isOne();
            bench.kill();
            bench.start().write(next.subList(3, 6)).deliver();
            assertThat(bench.latest().version()).isEqualTo(2);
            assertThat(bench.latest().model())
                    .extracting(ModelReference::sha256)
                    .isEqualTo(undisturbed.weights().get(2));
        }
    }

    @Test
    void runsDoNotDisturbEachOther() {
        Run one = run("one");
        Run two = run("two");
        try (Bench alone = finished(run("a"));
                Bench bench = new Bench().start(one, two)) {
            for (int round = 0; round < one.recipe().rounds(); round++) {
                List<ValuedTrajectory> rows = rows(one, round);
                bench.write(rows.subList(0, 2)).write(rows(two, round)).deliver();
                bench.kill();
                bench.start().write(rows.subList(2, 6)).deliver();
            }
            assertThat(bench.published.stream()
                            .filter(PolicyVersion::last)
                            .map(PolicyVersion::run)
                            .distinct())
                    .containsExactlyInAnyOrder("one", "two");
            assertThat(bench.weights()).isEqualTo(alone.weights());
        }
    }

    @Test
    void duplicatesAndAnotherOrderChangeNothing() {
        Run run = run("b");
        try (Bench ordered = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            for (int round = 0; round < run.recipe().rounds(); round++) {
                List<ValuedTrajectory> rows = new ArrayList<>(rows(run, round));
                Collections.reverse(rows);
                bench.write(rows.subList(0, 4));
                bench.write(rows.subList(1, 3));
                bench.write(List.of(Rows.constant(rows.get(0).trajectory().id(), 9)));
                bench.write(rows).write(rows).deliver();
            }
            assertThat(bench.versions()).containsExactly(0, 1, 2, 3, 4);
            assertThat(bench.weights()).isEqualTo(ordered.weights());
        }
    }

    @Test
    void theSecondsOfARunSurviveARestart() {
        Run run = run("b");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver();
            PolicyVersion before = bench.latest();
            bench.kill();
            bench.start().write(rows(run, 1)).deliver();
            assertThat(before.wallSeconds()).isPositive();
            assertThat(bench.latest().wallSeconds()).isGreaterThan(before.wallSeconds());
            assertThat(bench.latest().cpuSeconds()).isGreaterThanOrEqualTo(before.cpuSeconds());
        }
    }
}
