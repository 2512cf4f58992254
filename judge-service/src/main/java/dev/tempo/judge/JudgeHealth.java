package dev.tempo.judge;

import dev.tempo.messaging.service.ServiceHealth;
import dev.tempo.runs.KnownRuns;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * OUT_OF_SERVICE when trajectories have waited too long for an answer, a run or a judge; says for which. DOWN when votes that a run
 * looks back at are lost.
 */
final class JudgeHealth implements HealthIndicator {
    private final KnownRuns runs;
    private final VoteCounter votes;
    private final AwaitedThings awaited;
    private final Duration stalledAfter;
    private final InstantSource clock;

    JudgeHealth(KnownRuns runs, VoteCounter votes, AwaitedThings awaited, Duration stalledAfter, InstantSource clock) {
        this.runs = runs;
        this.votes = votes;
        this.awaited = awaited;
        this.stalledAfter = stalledAfter;
        this.clock = clock;
    }

    @Override
    public Health health() {
        ServiceHealth health = ServiceHealth.up()
                .detail("activeRuns", runs.active().size())
                .detail("openBallots", votes.openBallots());
        awaited.byTopic().forEach((topic, wait) -> {
            String words = "waits for " + wait.obstacle().words() + " since " + wait.since();
            if (clock.instant().isAfter(wait.since().plus(stalledAfter))) {
                health.stalled(topic, words);
            } else {
                health.detail(topic, words);
            }
        });
        votes.lost().forEach((run, words) -> health.down("run " + run, "stopped: " + words));
        return health.awaits(awaited.awaited()).answer();
    }
}
