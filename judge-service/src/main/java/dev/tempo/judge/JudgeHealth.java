package dev.tempo.judge;

import dev.tempo.runs.KnownRuns;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN when trajectories have waited too long for an answer or a run, which it names. */
final class JudgeHealth implements HealthIndicator {
    private final KnownRuns runs;
    private final VoteCounter voting;
    private final Waiting waiting;
    private final Duration stalledAfter;
    private final InstantSource clock;

    JudgeHealth(KnownRuns runs, VoteCounter voting, Waiting waiting, Duration stalledAfter, InstantSource clock) {
        this.runs = runs;
        this.voting = voting;
        this.waiting = waiting;
        this.stalledAfter = stalledAfter;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up()
                .withDetail("activeRuns", runs.active().size())
                .withDetail("openBallots", voting.openBallots());
        waiting.byTopic().forEach((topic, wait) -> {
            health.withDetail(topic, "waits for " + wait.reason() + " since " + wait.since());
            if (clock.instant().isAfter(wait.since().plus(stalledAfter))) {
                health.down();
            }
        });
        return health.build();
    }
}
