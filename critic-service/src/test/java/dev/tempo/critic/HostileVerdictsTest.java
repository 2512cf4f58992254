package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.model.WeightType;
import dev.tempo.plugin.Outcome;
import dev.tempo.runs.KnownRuns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/** Well-formed records whose numbers lie, as critics receive them: a dead letter or a reason, and no harm to others. */
class HostileVerdictsTest {
    @TempDir
    Path directory;

    private final AtomicInteger attempts = new AtomicInteger();
    private ModelReference base;

    @BeforeEach
    void base() {
        base = TinyModel.write(directory.resolve("base"));
    }

    private static HostileInputs lies(String reader) {
        return HostileInputs.of(reader)
                .lies()
                .refusedBy(JacksonException.class)
                .refusedBy(IllegalArgumentException.class)
                .refusedBy(RefusedException.class)
                .allocating(64, 256 << 20)
                .within(Duration.ofSeconds(20));
    }

    private static String prompted(Trajectory all, TokenIds prompt) {
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
        return new String(Wire.write(Rows.judged(lying, Outcome.CORRECT)), StandardCharsets.UTF_8);
    }

    @Test
    void judgedTrajectories() throws IOException {
        Recipe recipe = Recipes.of(directory, Recipes.supervised(2, 0));
        Bench first = new Bench(Files.createDirectory(directory.resolve("first")), recipe, base, null).start();
        first.policy(0);
        List<TrajectoryId> asked = Rows.samples(first.requests());
        first.kill();
        Trajectory good = Rows.trajectory(asked.get(0));
        lies("judged trajectories of a round")
                .seed(Wire.write(Rows.judged(good, Outcome.CORRECT)))
                .seed(Wire.write(Rows.judged(asked.get(3))))
                .found(prompted(good, TokenIds.of(1, 2, -1)), prompted(good, TokenIds.of(1, 1 << 20)))
                .found(prompted(good, TokenIds.of(new int[100])), prompted(good, TokenIds.of()))
                .oneIn(10)
                .into(input -> {
                    JudgedTrajectory judged = Wire.read(JudgedTrajectory.class, input);
                    Path files = Files.createDirectory(directory.resolve("n" + attempts.incrementAndGet()));
                    Bench bench = new Bench(files, recipe, base, null).start();
                    RefusedException refusal = null;
                    try {
                        bench.policy(0);
                        bench.write(judged);
                        bench.answering = false;
                        bench.deliver();
                    } catch (RefusedException refused) {
                        refusal = refused;
                    }
                    try {
                        bench.answering = true;
                        bench.deliver();
                        bench.policy(1);
                        bench.deliver();
                        assertThat(bench.versions().keySet())
                                .as("the round that the others make")
                                .contains(0, 1);
                    } catch (IllegalArgumentException crash) {
                        throw new IllegalStateException("the loop has stopped", crash);
                    } finally {
                        bench.kill();
                    }
                    if (refusal != null) {
                        throw refusal;
                    }
                    return judged;
                });
    }

    @Test
    void trajectoriesToValue() {
        KnownRuns runs = new KnownRuns(Bench.PROPERTIES.unknownRunPatience(), InstantSource.system());
        CriticVersions versions = new CriticVersions();
        try (VersionedCritics critics = new VersionedCritics(Bench.PROPERTIES, WeightType.FLOAT32)) {
            Valuation valuation = new Valuation(runs, versions, critics, new CriticMetrics(new SimpleMeterRegistry()));
            runs.caughtUp();
            Recipe recipe = Recipes.of(directory, Recipes.tempo(3, 1, ValuesFrom.RECALIBRATED, false));
            runs.on(new Run("run-1", RunState.ACTIVE, recipe, base, directory.toString(), null));
            versions.on(new CriticVersion("run-1", 0, base, false, Map.of(), 0, 0));
            RequestId request = new RequestId("run-1", 0, Purpose.UNLABELED, 0, "u");
            Trajectory good = Rows.trajectory(request.sample(1));
            lies("trajectories to value")
                    .seed(Wire.write(Rows.trajectory(request.sample(0))))
                    .into(input -> {
                        Trajectory hostile = Wire.read(Trajectory.class, input);
                        Valued valued = valuation.value(List.of(hostile, good));
                        assertThat(valued.rows())
                                .as("the row of the other")
                                .anyMatch(row -> row.trajectory().equals(good) && row.reward() != null);
                        if (valued.refused().containsKey(0)) {
                            throw new RefusedException("" + valued.refused().get(0));
                        }
                        return valued;
                    });
        }
    }
}
