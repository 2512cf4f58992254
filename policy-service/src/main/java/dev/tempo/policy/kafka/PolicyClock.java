package dev.tempo.policy.kafka;

import dev.tempo.policy.TrainingRuns;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.scheduling.annotation.Scheduled;

/** The clock of the training: it tells it that time passes, on the loop's thread and never twice at a time. */
class PolicyClock {
    private final TrainingRuns runs;
    private final Reactions reactions;
    private final AtomicBoolean waiting = new AtomicBoolean();

    PolicyClock(TrainingRuns runs, Reactions reactions) {
        this.runs = runs;
        this.reactions = reactions;
    }

    @Scheduled(fixedDelay = 1000)
    void tick() {
        if (waiting.compareAndSet(false, true)) {
            reactions.post(ends -> {
                waiting.set(false);
                return runs.tick(ends);
            });
        }
    }
}
