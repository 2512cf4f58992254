package dev.tempo.eval.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.eval.RunBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    @TempDir
    Path directory;

    @Test
    void ofARunOfManyRoundsAPageIsGivenNoMoreThanItCanDraw() {
        int rounds = 2_500;

        List<Integer> shown = shown(rounds);

        assertThat(shown).hasSizeBetween(RunDetail.MOST_POINTS / 2, RunDetail.MOST_POINTS + 2);
        assertThat(shown).startsWith(0, 6, 12).endsWith(2 * rounds).isSorted();
    }

    @Test
    void ofARunOfFewRoundsItIsGivenAll() {
        assertThat(shown(400)).hasSize(801);
    }

    /** The versions that are drawn of a run with two stages of so many rounds. */
    private List<Integer> shown(int rounds) {
        RunHistory history = new RunHistory();
        Run run = RunBuilder.aRun("long", directory)
                .measuredOn("unlabeled", 1)
                .everyRounds(rounds, rounds)
                .active();
        history.on(run);
        for (int version = 0; version <= 2 * rounds; version++) {
            PolicyVersion policy = RunBuilder.version(run, version, Map.of("loss", .1));
            history.on(policy);
        }
        return history.detail("long").orElseThrow().policies().stream()
                .map(RunDetail.Step::version)
                .toList();
    }
}
