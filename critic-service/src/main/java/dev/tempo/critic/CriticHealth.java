package dev.tempo.critic;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN when a run was stopped or a version's files are wrong, OUT_OF_SERVICE when a round is stalled; the details say what every run waits for. */
@Component("criticTraining")
final class CriticHealth implements HealthIndicator {
    private final CriticBoard board;
    private final Valuation valuation;

    CriticHealth(CriticBoard board, Valuation valuation) {
        this.board = board;
        this.valuation = valuation;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        boolean stopped = !valuation.unusable().isEmpty();
        valuation.unusable().forEach(health::withDetail);
        for (var run : board.standings().entrySet()) {
            CriticBoard.Standing standing = run.getValue();
            boolean stalled = board.isStalled(standing);
            health.withDetail("run " + run.getKey(), stalled ? "stalled: " + standing.text() : standing.text());
            stopped |= standing.stopped();
            if (stalled) {
                health.outOfService();
            }
        }
        return stopped ? health.down().build() : health.build();
    }
}
