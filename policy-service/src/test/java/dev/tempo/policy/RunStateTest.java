package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.FencedException;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class RunStateTest extends TinyRuns {
    @Test
    void aPausedRunTakesNoRowAndReadsThemAgainWhenItGoesOn() {
        Run run = run("b");
        try (Bench bench = new Bench().start(run)) {
            List<ValuedTrajectory> rows = rows(run, 0);
            bench.write(rows.subList(0, 4)).deliver();
            bench.submit(run.withState(RunState.PAUSED));
            bench.write(rows.subList(4, 6)).deliver();
            assertThat(bench.versions()).containsExactly(0);
            assertThat(bench.board.standings()).isEmpty();
            bench.submit(run);
            bench.deliver();
            assertThat(bench.versions()).containsExactly(0, 0, 1);
        }
    }

    @Test
    void aFinishedRunIsNotBegunWhenTheServiceStarts() {
        Run run = run("b").withState(RunState.FINISHED);
        try (Bench bench = new Bench().start(run)) {
            assertThat(bench.published).isEmpty();
            assertThat(runs.resolve("b")).doesNotExist();
        }
    }

    @Test
    void aLossThatIsNotFiniteStopsTheRunBeforeAnythingIsPublished() {
        Run run = run("b");
        Run healthy = run("a");
        try (Bench bench = new Bench().start(run, healthy)) {
            bench.write(rows(run, 0).subList(0, 5));
            ValuedTrajectory last = rows(run, 0).get(5);
            float[] values = last.values().toArray();
            values[2] = Float.NaN;
            bench.write(List.of(Rows.valued(last.trajectory(), Values.of(values), 1)));
            bench.write(rows(healthy, 0)).deliver();
            assertThat(bench.published).noneMatch(version -> version.run().equals("b") && version.version() > 0);
            assertThat(runs.resolve("b/policy/v00001")).doesNotExist();
            assertThat(bench.latest().run()).isEqualTo("a");
            Health health = new PolicyHealth(bench.board).health();
            assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
            assertThat(health.getDetails().get("run b")).asString().startsWith("stopped: round 0, mini-batch 0: ");
        }
    }

    @Test
    void aBaseWithOtherContentIsRefused() {
        Run right = run("b");
        Run wrong = new Run(
                right.run(),
                right.state(),
                right.recipe(),
                new ModelReference(right.base().uri(), "0".repeat(64)),
                right.directory(),
                null);
        try (Bench bench = new Bench().start(wrong)) {
            assertThat(bench.published).isEmpty();
            assertThat(bench.board.describe("b")).startsWith("stopped: ").contains("model.safetensors");
        }
    }

    @Test
    void aTrainerThatIsSucceededWritesAndPublishesNothingMore() {
        Run run = run("b");
        try (Bench first = new Bench().start(run)) {
            first.write(rows(run, 0)).deliver();
            first.write(rows(run, 1).subList(0, 3)).deliver();
            try (Bench second = new Bench().write(first.topic).start(run)) {
                assertThat(second.versions()).containsExactly(1);
                assertThat(second.latest().token()).isGreaterThan(first.latest().token());
                assertThat(second.weights().get(1)).isEqualTo(first.weights().get(1));

                first.write(rows(run, 1).subList(3, 6));
                assertThatThrownBy(first::deliver).isInstanceOf(FencedException.class);
                first.kill();
                assertThat(first.versions()).containsExactly(0, 1);
                second.write(rows(run, 1)).deliver();
                assertThat(second.versions()).containsExactly(1, 2);
                try (Bench undisturbed = finished(run("a"))) {
                    assertThat(undisturbed.weights()).containsAllEntriesOf(second.weights());
                }
            }
        }
    }
}
