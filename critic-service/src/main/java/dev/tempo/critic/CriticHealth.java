package dev.tempo.critic;

import dev.tempo.runs.RunBoard;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN when a run was stopped or a version's files are wrong, OUT_OF_SERVICE when a round is stalled; the details say what every run waits for. */
@Component("criticTraining")
final class CriticHealth implements HealthIndicator {
    private final RunBoard board;
    private final Valuation valuation;

    CriticHealth(RunBoard board, Valuation valuation) {
        this.board = board;
        this.valuation = valuation;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        boolean stopped = board.anyStopped() || !valuation.unusable().isEmpty();
        valuation.unusable().forEach(health::withDetail);
        for (String run : board.standings().keySet()) {
            boolean stalled = board.isStalled(run);
            health.withDetail("run " + run, stalled ? "stalled: " + board.describe(run) : board.describe(run));
            if (stalled) {
                health.outOfService();
            }
        }
        return stopped ? health.down().build() : health.build();
    }
}
