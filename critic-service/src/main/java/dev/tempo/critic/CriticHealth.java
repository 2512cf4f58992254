package dev.tempo.critic;

import dev.tempo.messaging.service.ServiceHealth;
import dev.tempo.runs.RunBoard;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN when a run was stopped or a version's files are wrong, OUT_OF_SERVICE when a round is stalled; the details say what every run waits for. */
final class CriticHealth implements HealthIndicator {
    private final RunBoard board;
    private final Valuation valuation;

    CriticHealth(RunBoard board, Valuation valuation) {
        this.board = board;
        this.valuation = valuation;
    }

    @Override
    public Health health() {
        ServiceHealth health = ServiceHealth.up();
        valuation.unusable().forEach(health::down);
        board.tell(health::down, health::stalled, health::detail);
        valuation.stopped().forEach((run, reason) -> health.down("run " + run, "stopped: " + reason));
        return health.awaits(board.awaited()).answer();
    }
}
