package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.fixtures.Damage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run whose broker lost what it held while nobody trained it. */
class LostLogTest extends TinyRuns {

    @Test
    void everyVersionIsAnnouncedAgainAndTheRoundBeginsAnewWithTheSameBits() {
        Run run = run("lost");
        try (Bench undisturbed = finished(run("a"));
                Bench bench = new Bench().start(run)) {
            int rounds = run.recipe().rounds();
            for (int round = 0; round < rounds; round++) {
                List<ValuedTrajectory> rows = rows(run, round);
                bench.write(rows.subList(0, rows.size() - 1)).deliver().kill();
                List<PolicyVersion> before = List.copyOf(bench.published);
                bench.loseLog("log " + round);
                bench.start();
                List<PolicyVersion> again = bench.published.subList(before.size(), bench.published.size());
                assertThat(withoutTokens(again))
                        .as("what was announced, word for word")
                        .containsExactlyElementsOf(
                                withoutTokens(before).stream().distinct().toList());
                assertThat(again)
                        .as("by the trainer that has the run now")
                        .extracting(PolicyVersion::token)
                        .allSatisfy(token -> assertThat(token)
                                .isGreaterThan(before.get(before.size() - 1).token()));
                // Fewer than the offsets that the checkpoint speaks of: they must not be waited for, nor passed over.
                bench.write(rows.subList(0, 2)).deliver().kill();
                bench.start().write(rows.subList(2, rows.size())).deliver();
                assertThat(bench.latest().version()).isEqualTo(round + 1);
            }
            assertThat(bench.weights()).isEqualTo(undisturbed.weights());
            assertThat(bench.latest().statistics())
                    .isEqualTo(undisturbed.latest().statistics());
        }
    }

    private static List<PolicyVersion> withoutTokens(List<PolicyVersion> versions) {
        return versions.stream().map(version -> version.withToken(0)).toList();
    }

    @Test
    void aTopicThatHasLostItsEndStopsTheRunInsteadOfLeavingItWaiting() {
        Run run = run("cut");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            bench.topic.remove(bench.topic.size() - 1);
            bench.start();
            assertThat(bench.board.describe("cut"))
                    .startsWith("stopped: ")
                    .contains("the broker has lost records: partition 0 of valued-trajectories was read up to");
        }
    }

    @Test
    void whatCannotBeAnnouncedAgainStopsTheRunWithFileAndVersion() {
        Run run = run("unknown");
        try (Bench bench = new Bench().start(run)) {
            bench.write(rows(run, 0)).deliver().kill();
            Damage.MISSING.to(runs.resolve("unknown/announced/policy.jsonl"));
            bench.loseLog("another");
            bench.start();
            assertThat(bench.board.describe("unknown"))
                    .startsWith("stopped: ")
                    .contains("announced/policy.jsonl does not hold version 0")
                    .contains("./tempo run ");
        }
    }
}
