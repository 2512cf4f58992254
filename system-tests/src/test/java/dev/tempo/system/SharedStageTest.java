package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.Summary;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SharedStageTest {

    @Test
    void aStageFromTheCacheLeadsToTheSameBitsAndNamesTheRunItCameFrom(RunningSystem system) throws IOException {
        Weights reference = system.reference();

        // Another recipe: fewer test-time rounds. What they have in common must be equal.
        Weights weights =
                system.finishedFromCache("from-cache", system.workload().variant("shorter", "rounds: 2"));

        assertThat(weights.policies()).containsOnlyKeys(2, 3, 4);
        assertThat(reference.policies()).containsAllEntriesOf(weights.policies());
        assertThat(weights.critics()).containsKeys(2, 3);
        assertThat(reference.critics().get(2)).isEqualTo(weights.critics().get(2));
        assertThat(reference.critics().get(3)).isEqualTo(weights.critics().get(3));
        Summary summary = ReportWriter.read(system.directory("from-cache"));
        assertThat(summary.stages())
                .extracting(Summary.StageSummary::name, Summary.StageSummary::from)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("base", "undisturbed"),
                        org.assertj.core.groups.Tuple.tuple("stage1 round 2 of 2", null),
                        org.assertj.core.groups.Tuple.tuple("test-time round 2 of 2", null));
        assertThat(system.directory("from-cache").resolve("report.md"))
                .content()
                .contains("`undisturbed`");
    }
}
