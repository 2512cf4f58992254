package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A critic whose broker lost what it held while nobody trained it. */
class LostLogTest {
    @TempDir
    Path directory;

    private ModelReference base;

    @BeforeEach
    void base() {
        base = TinyModel.write(directory.resolve("base"));
    }

    @ParameterizedTest
    @CsvSource({"RECALIBRATED, false", "RECALIBRATED, true", "PREVIOUS, true"})
    void whateverThePolicyMayStillNeedIsMadeAgainWithTheSameBits(ValuesFrom from, boolean labeledRows) {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(2, 3), Recipes.tempo(3, 2, from, labeledRows));
        Bench undisturbed = new Bench(directory.resolve("undisturbed"), recipe, base, null).start();
        undisturbed.runThrough();
        for (int kill = 1; kill <= undisturbed.sends(); kill++) {
            Path place = directory.resolve("killed" + kill);
            Bench killed = new Bench(place, recipe, base, null).start();
            int second = kill + 4;
            int first = kill;
            killed.dies = send -> send == first || send == second;
            killed.diesBeforeSending = kill % 2 == 0;
            TreeSet<Integer> present = new TreeSet<>();
            killed.whenDead = () -> {
                writePolicies(killed);
                present.add(killed.newestPolicy());
                killed.loseLog("log " + killed.sends());
            };
            killed.runThroughKills();
            assertThat(killed.versions()).as("killed at %s", kill).isEqualTo(undisturbed.versions());
            assertThat(killed.valued()).as("killed at %s", kill).isEqualTo(undisturbed.valued());
            int last = present.last();
            assertThat(rounds(killed)).as("killed at %s", kill).containsAll(laterThan(last, rounds(undisturbed)));
            assertThat(Bench.of(Topics.CRITIC_VERSIONS, killed.sentSince()))
                    .as("killed at %s", kill)
                    .extracting(CriticVersion::version)
                    .containsAll(
                            IntStream.rangeClosed(0, recipe.rounds()).boxed().toList());
        }
    }

    private static void writePolicies(Bench bench) {
        try {
            for (int version = 1; version <= bench.newestPolicy(); version++) {
                Files.createDirectories(RunDirectory.of(bench.run).policy().version(version));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Set<Integer> laterThan(int round, Set<Integer> rounds) {
        return rounds.stream().filter(other -> other >= round).collect(Collectors.toSet());
    }

    private static Set<Integer> rounds(Bench bench) {
        return Bench.of(Topics.VALUED_TRAJECTORIES, bench.sentSince()).stream()
                .map((ValuedTrajectory row) -> row.trajectory().id().request().round())
                .collect(Collectors.toSet());
    }
}
