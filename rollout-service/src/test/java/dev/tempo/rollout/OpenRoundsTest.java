package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.messaging.Received;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenRoundsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ModelReference MODEL = new ModelReference("file:///model/", "0".repeat(64));

    private final OpenRounds open = new OpenRounds();

    @Test
    void whatWasWrittenBeforeTheOldestOpenRoundIsOfNoUse() {
        open.on(run("done", RunState.ACTIVE));
        published("done", 1, 0);
        open.on(run("paused", RunState.PAUSED));
        published("paused", 1, 10);
        published("paused", 2, 20);
        published("paused", 1, 25);
        open.on(run("young", RunState.ACTIVE));
        published("young", 0, 30);
        assertThat(open.since()).isEqualTo(NOON.minusSeconds(60));

        open.on(run("done", RunState.FINISHED));
        assertThat(open.since())
                .as("a minute before version 2 of the paused run")
                .isEqualTo(NOON.plusSeconds(20 * 60 - 60));

        published("paused", 2, 40);
        assertThat(open.since())
                .as("it is asked for after it was published last")
                .isEqualTo(NOON.plusSeconds(30 * 60 - 60));
    }

    @Test
    void withoutAnOpenRoundNothingIsOfUse() {
        open.on(run("new", RunState.ACTIVE));
        assertThat(open.since()).isAfter(NOON.plusSeconds(1L << 32));
    }

    private void published(String run, int version, int minute) {
        open.on(new Received<>(
                new PolicyVersion(run, version, MODEL, "only", 0, false, Map.of(), Map.of(), 0, 0),
                0,
                0,
                NOON.plusSeconds(60L * minute)));
    }

    private static Run run(String id, RunState state) {
        return new Run(
                id,
                state,
                RecipeBuilder.recipe(StageBuilder.testTime("only").rounds(4).build())
                        .build(),
                MODEL,
                "nowhere",
                null);
    }
}
