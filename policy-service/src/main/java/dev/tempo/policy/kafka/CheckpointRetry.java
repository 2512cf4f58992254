package dev.tempo.policy.kafka;

import dev.tempo.policy.TrainingRuns;
import dev.tempo.runs.RunBoard;
import org.springframework.scheduling.annotation.Scheduled;

/** The next attempts to begin runs whose checkpoint another trainer held. */
class CheckpointRetry {
    private final TrainingRuns runs;
    private final RunBoard board;
    private final Reactions reactions;

    CheckpointRetry(TrainingRuns runs, RunBoard board, Reactions reactions) {
        this.runs = runs;
        this.board = board;
        this.reactions = reactions;
    }

    @Scheduled(fixedDelay = 1000)
    void retry() {
        if (board.anyLocked()) {
            reactions.post(runs::retry);
        }
    }
}
