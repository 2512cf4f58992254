package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.service.RoundNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTest {
    @TempDir
    Path directory;

    @Test
    void aComplaintCallsRoundsAsPeopleMeetThem() throws IOException {
        Recipe recipe = Example.recipe(directory);

        assertThat(RoundNames.in("stalled: round 0 of run r waits for 6 of 6 answers", recipe))
                .isEqualTo("stalled: stage1 round 1 of 2 of run r waits for 6 of 6 answers");
        assertThat(RoundNames.in("stopped: round 5, mini-batch 1: the loss is NaN", recipe))
                .isEqualTo("stopped: test-time round 4 of 4, mini-batch 1: the loss is NaN");
        assertThat(RoundNames.in("round 6 is none of the recipe, nor is background 1", recipe))
                .isEqualTo("round 6 is none of the recipe, nor is background 1");
    }

    @Test
    void whatIsAwaitedIsNamedUntilEveryServiceAnswers() {
        assertThat(new Monitor.Health(List.of(Service.CRITIC, Service.POLICY), List.of(), List.of(), Set.of())
                        .awaited())
                .isEqualTo("starting services (3 of 5 up): critic, policy");
        assertThat(new Monitor.Health(List.of(), List.of(), List.of(), Set.of()).awaited())
                .isEqualTo("loading policy and critic");
    }
}
