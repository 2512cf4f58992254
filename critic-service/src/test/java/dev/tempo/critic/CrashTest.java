package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.FencedException;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.RunState;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.ValuesFrom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashTest {
    @TempDir
    Path directory;

    private ModelReference base;

    @BeforeEach
    void base() {
        base = TinyModel.write(directory.resolve("base"));
    }

    @ParameterizedTest
    @CsvSource({"RECALIBRATED, false", "RECALIBRATED, true", "PREVIOUS, true"})
    void aProcessKilledAtAnySendBeforeOrAfterItEndsInTheSameBits(ValuesFrom from, boolean labeledRows) {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(2, 3), Recipes.tempo(3, 2, from, labeledRows));
        Bench undisturbed = new Bench(directory.resolve("undisturbed"), recipe, base, null).start();
        undisturbed.runThrough();
        assertThat(undisturbed.versions()).hasSize(6);
        for (int kill = 1; kill <= undisturbed.sends(); kill++) {
            Bench killed = new Bench(directory.resolve("killed" + kill), recipe, base, null).start();
            killed.dies = Bench.at(kill);
            killed.diesBeforeSending = kill % 2 == 0 ^ labeledRows;
            killed.runThroughKills();
            assertThat(killed.versions()).as("killed at %s", kill).isEqualTo(undisturbed.versions());
            assertThat(bare(killed)).as("killed at %s", kill).isEqualTo(bare(undisturbed));
        }
    }

    @Test
    void repeatedEStepsEndInTheSameBitsWhereverTheProcessIsKilled() {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(1, 2), Recipes.repeating(2, .05, 3));
        Bench undisturbed = new Bench(directory.resolve("undisturbed"), recipe, base, null).start();
        undisturbed.runThrough();
        assertThat(undisturbed.requests())
                .extracting(request -> request.id().round() + "/" + request.id().step())
                .contains("1/1", "1/2", "2/1");
        for (int kill = 1; kill <= undisturbed.sends(); kill++) {
            Bench killed = new Bench(directory.resolve("killed" + kill), recipe, base, null).start();
            killed.dies = Bench.at(kill);
            killed.diesBeforeSending = kill % 2 == 0;
            killed.runThroughKills();
            assertThat(killed.versions()).as("killed at %s", kill).isEqualTo(undisturbed.versions());
        }
    }

    @Test
    void aProcessKilledAgainAndAgainEndsInTheSameBits() {
        Recipe recipe =
                Recipes.of(directory, Recipes.supervised(2, 3), Recipes.tempo(3, 1, ValuesFrom.RECALIBRATED, true));
        Bench undisturbed = new Bench(directory.resolve("undisturbed"), recipe, base, null).start();
        undisturbed.runThrough();
        Bench killed = new Bench(directory.resolve("killed"), recipe, base, null).start();
        killed.dies = attempt -> CounterRandom.below(1, attempt, 3) == 0;
        killed.runThroughKills();
        assertThat(killed.versions()).isEqualTo(undisturbed.versions());
        assertThat(bare(killed)).isEqualTo(bare(undisturbed));
    }

    @Test
    void halfARoundIsReadAgainAndNotAskedForAgain() {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(1, 0));
        Bench bench = new Bench(directory.resolve("run"), recipe, base, null).start();
        bench.answering = false;
        bench.policy(0);
        Rows.samples(bench.requests()).stream().limit(5).forEach(id -> bench.write(Rows.judged(id)));
        bench.deliver();
        bench.kill();
        bench.start();
        bench.deliver();
        assertThat(bench.requests()).as("the former life asked already").hasSize(3);
        bench.pass(Bench.PROPERTIES.grace());
        assertThat(bench.requests()).as("only what is missing").hasSize(4);
        assertThat(bench.requests().get(3)).isEqualTo(bench.requests().get(2));
        bench.answering = true;
        bench.deliver();
        assertThat(bench.valued()).hasSize(6);
    }

    @Test
    void aPausedRunLetsGoAndResumesWhereItWas() {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(2, 1));
        Bench undisturbed = new Bench(directory.resolve("undisturbed"), recipe, base, null).start();
        undisturbed.runThrough();
        Bench paused = new Bench(directory.resolve("paused"), recipe, base, null).start();
        paused.answering = false;
        paused.policy(0);
        Rows.samples(paused.requests()).stream().limit(3).forEach(id -> paused.write(Rows.judged(id)));
        paused.deliver();
        paused.submit(RunState.PAUSED);
        assertThat(paused.board.standings()).isEmpty();
        int sent = paused.sent.size();
        paused.pass(Duration.ofHours(1));
        assertThat(paused.sent).as("a paused run asks for nothing").hasSize(sent);
        paused.submit(RunState.ACTIVE);
        paused.answering = true;
        paused.runThrough();
        assertThat(paused.versions()).isEqualTo(undisturbed.versions());
    }

    @Test
    void aLaterStageStartsFromItsPredecessorsFileWithTheSameBits() {
        Recipe recipe =
                Recipes.of(directory, Recipes.supervised(2, 1), Recipes.tempo(2, 1, ValuesFrom.RECALIBRATED, false));
        Bench whole = new Bench(directory.resolve("whole"), recipe, base, null).start();
        whole.runThrough();
        ModelReference critic = TinyModel.reference(directory.resolve("whole/stages/stage1/critic"));
        StageStart start = new StageStart(2, base, critic, "whole", "fingerprint");
        Bench second = new Bench(directory.resolve("second"), recipe, base, start).start();
        second.runThrough();
        assertThat(second.versions()).containsOnlyKeys(2, 3, 4);
        assertThat(whole.versions()).containsAllEntriesOf(second.versions());
    }

    @Test
    void aTrainerThatIsSucceededWritesAndPublishesNothingMore() {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(2, 0));
        Bench undisturbed = new Bench(directory.resolve("undisturbed"), recipe, base, null).start();
        undisturbed.runThrough();
        Bench first = new Bench(directory.resolve("run"), recipe, base, null).start();
        first.policy(0);
        Bench second = new Bench(directory.resolve("run"), recipe, base, null).start();
        int sent = first.sent.size();
        assertThatThrownBy(first::deliver).isInstanceOf(FencedException.class);
        assertThat(first.of(Topics.CRITIC_VERSIONS)).hasSize(1);
        assertThat(first.sent.subList(sent, first.sent.size()))
                .as("values from before the fit, which are whoever's")
                .allMatch(outgoing -> outgoing.topic().equals(Topics.VALUED_TRAJECTORIES));
        first.kill();
        second.runThrough();
        assertThat(second.versions()).isEqualTo(undisturbed.versions());
        assertThat(second.of(Topics.CRITIC_VERSIONS).get(0).token())
                .isGreaterThan(first.of(Topics.CRITIC_VERSIONS).get(0).token());
    }

    private static Set<Object> bare(Bench bench) {
        return new HashSet<>(bench.valued().entrySet());
    }
}
