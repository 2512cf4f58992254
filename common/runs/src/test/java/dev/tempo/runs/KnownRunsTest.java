package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.RecipeFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class KnownRunsTest {
    private static final Recipe RECIPE = RecipeFile.read(Path.of("..", "..", "recipes", "quickstart.yaml"), null);

    private final HandClock clock = new HandClock();
    private final KnownRuns runs = new KnownRuns(Duration.ofSeconds(30), clock);

    @Test
    void aRunIsAsItWasAnnouncedLast() {
        runs.on(run("a", RunState.ACTIVE));
        assertThat(runs.active("a")).isEqualTo(run("a", RunState.ACTIVE));

        runs.on(run("a", RunState.PAUSED));
        assertThat(runs.active("a")).isNull();
        assertThat(runs.unfinished("a")).isEqualTo(run("a", RunState.PAUSED));

        runs.on(run("a", RunState.FINISHED));
        assertThat(runs.unfinished("a")).isNull();
    }

    @Test
    void activeRunsAreListedInOrderOfTheirIds() {
        runs.on(run("c", RunState.ACTIVE));
        runs.on(run("b", RunState.PAUSED));
        runs.on(run("a", RunState.ACTIVE));

        assertThat(runs.active()).extracting(Run::run).containsExactly("a", "c");
    }

    @Test
    void untilAllAnnouncementsAreReadNoRecordIsTakenForAStrangers() {
        clock.pass(100_000);
        assertThat(runs.mayBecomeKnown("a")).isTrue();
        clock.pass(100_000);
        assertThat(runs.mayBecomeKnown("a")).isTrue();
    }

    @Test
    void afterwardsAnUnknownRunIsAwaitedForItsOwnPatienceFromItsFirstRecord() {
        runs.caughtUp();
        assertThat(runs.mayBecomeKnown("a")).isTrue();
        clock.pass(29);
        assertThat(runs.mayBecomeKnown("a")).isTrue();
        assertThat(runs.mayBecomeKnown("b")).isTrue();
        clock.pass(1);
        assertThat(runs.mayBecomeKnown("a")).isFalse();
        assertThat(runs.mayBecomeKnown("b")).isTrue();
    }

    /** The clock only delays what the log decides. */
    @Test
    void howeverMuchTimeHasPassedNoRunIsUnknownBeforeTheAnnouncementsAreReadThatWereThereWhenItWasMissed() {
        AtomicBoolean read = new AtomicBoolean();
        runs.readBy(() -> read::get);
        runs.caughtUp();
        assertThat(runs.isUnknown("a")).isFalse();
        clock.pass(100_000);
        assertThat(runs.isUnknown("a")).as("not read yet").isFalse();
        assertThat(runs.mayBecomeKnown("a")).isTrue();
        read.set(true);
        assertThat(runs.isUnknown("b")).as("its own patience").isFalse();
        assertThat(runs.isUnknown("a")).isTrue();
        assertThat(runs.mayBecomeKnown("a")).isFalse();
        runs.on(run("a", RunState.ACTIVE));
        assertThat(runs.isUnknown("a")).isFalse();
    }

    @Test
    void aPausedRunMayBecomeActiveAndAFinishedOneMayNot() {
        runs.caughtUp();
        runs.on(run("a", RunState.PAUSED));
        runs.on(run("b", RunState.FINISHED));

        assertThat(runs.mayBecomeActive("a")).isTrue();
        assertThat(runs.mayBecomeActive("b")).isFalse();
        assertThat(runs.mayBecomeKnown("a")).as("it is known").isFalse();
    }

    private static Run run(String id, RunState state) {
        return new Run(id, state, RECIPE, new ModelReference("file:///base", "0".repeat(64)), "/runs/" + id, null);
    }
}
