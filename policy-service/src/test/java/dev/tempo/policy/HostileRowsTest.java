package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Run;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.letters.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** Well-formed records whose numbers lie, as the policy's loop receives them: a dead letter, or no harm to the round. */
class HostileRowsTest extends TinyRuns {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void valuedTrajectories() {
        Run seeded = run("r");
        HostileInputs.of("valued trajectories of a round")
                .seed(Wire.write(rows(seeded, 0).get(0)))
                .seed(Wire.write(rows(seeded, 0).get(5)))
                .seed(Wire.write(rows(seeded, 2).get(1)))
                .seed(Wire.write(Rows.failed(Rows.id("r", 0, Purpose.LABELED, "q1", 1))))
                .found(with(seeded, TokenIds.of(1, 2, -1)), with(seeded, TokenIds.of(1, 1 << 20)))
                .found(with(seeded, TokenIds.of(new int[100])), with(seeded, TokenIds.of()))
                .lies()
                .refusedBy(JacksonException.class)
                .refusedBy(IllegalArgumentException.class)
                .refusedBy(RefusedException.class)
                .allocating(64, 256 << 20)
                .within(Duration.ofSeconds(20))
                .oneIn(10)
                .into(input -> {
                    ValuedTrajectory row = Wire.read(ValuedTrajectory.class, input);
                    Run run = new Run(
                            "r",
                            seeded.state(),
                            seeded.recipe(),
                            seeded.base(),
                            runs.resolve("n" + attempts.incrementAndGet()).toString(),
                            null);
                    RefusedException refusal = null;
                    try (Bench bench = new Bench().start(run)) {
                        refusal = refusal(bench, row);
                        bench.write(rows(run, 0)).deliver();
                        assertThat(bench.versions())
                                .as("the round that the others make")
                                .containsExactly(0, 1);
                    } catch (IllegalArgumentException crash) {
                        throw new IllegalStateException("the loop has stopped", crash);
                    }
                    if (refusal != null) {
                        throw refusal;
                    }
                    return row;
                });
    }

    private static String with(Run run, TokenIds prompt) {
        ValuedTrajectory row = rows(run, 0).get(0);
        Trajectory all = row.trajectory();
        Trajectory lying = new Trajectory(
                all.id(),
                all.domain(),
                all.renderedPrompt(),
                all.response(),
                prompt,
                all.responseTokens(),
                all.environment(),
                all.logProbs(),
                all.stopReason(),
                null);
        return new String(
                Wire.write(new ValuedTrajectory(lying, 0, row.values(), row.reward(), null)), StandardCharsets.UTF_8);
    }

    private static @Nullable RefusedException refusal(Bench bench, ValuedTrajectory row) {
        try {
            bench.write(List.of(row)).deliver();
            return null;
        } catch (RefusedException refused) {
            return refused;
        }
    }

    @Test
    void runs() {
        Run seeded = run("hostile");
        HostileInputs.of("runs, as the policy hears of them")
                .seed(Wire.write(seeded))
                .lies()
                .refusedBy(JacksonException.class)
                .refusedBy(IllegalArgumentException.class)
                .allocating(64, 256 << 20)
                .within(Duration.ofSeconds(20))
                .oneIn(10)
                .into(input -> {
                    Run announced = Wire.read(Run.class, input);
                    int attempt = attempts.incrementAndGet();
                    Run hostile = new Run(
                            "hostile",
                            announced.state(),
                            announced.recipe(),
                            announced.base(),
                            runs.resolve("h" + attempt).toString(),
                            announced.start());
                    Run run = new Run(
                            "r",
                            seeded.state(),
                            seeded.recipe(),
                            seeded.base(),
                            runs.resolve("r" + attempt).toString(),
                            null);
                    try (Bench bench = new Bench().start(hostile, run)) {
                        bench.write(rows(hostile, 0).subList(0, 1)).deliver();
                        bench.write(rows(run, 0)).deliver();
                        assertThat(bench.published)
                                .as("the other run's round")
                                .anyMatch(version -> version.run().equals("r") && version.version() == 1);
                    } catch (IllegalArgumentException crash) {
                        throw new IllegalStateException("the loop has stopped", crash);
                    }
                    return hostile;
                });
    }

    /** What goes wrong with the files that a run's record names stops that run alone. */
    @Test
    void aRunOfImpossibleFilesStopsAlone() {
        Run seeded = run("hostile");
        Run hostile = new Run(
                "hostile",
                seeded.state(),
                seeded.recipe(),
                new ModelReference("mailto:base", "0".repeat(64)),
                seeded.directory(),
                null);
        Run run = run("r");
        try (Bench bench = new Bench().start(hostile, run)) {
            bench.write(rows(run, 0)).deliver();
            assertThat(bench.published).anyMatch(version -> version.run().equals("r") && version.version() == 1);
            assertThat(bench.board.isStopped("hostile")).isTrue();
        }
    }
}
