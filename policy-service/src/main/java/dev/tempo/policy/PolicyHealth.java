package dev.tempo.policy;

import dev.tempo.messaging.service.ServiceHealth;
import dev.tempo.runs.RunBoard;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN when a run was stopped, OUT_OF_SERVICE when a round is stalled; the details say for every run where it stands. */
final class PolicyHealth implements HealthIndicator {
    private final RunBoard board;

    PolicyHealth(RunBoard board) {
        this.board = board;
    }

    @Override
    public Health health() {
        ServiceHealth health = ServiceHealth.up();
        board.tell(health::down, health::stalled, health::detail);
        return health.awaits(board.awaited()).answer();
    }
}
