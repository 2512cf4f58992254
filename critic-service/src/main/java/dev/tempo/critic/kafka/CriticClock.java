package dev.tempo.critic.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.critic.RunCritics;
import dev.tempo.messaging.TrainerLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.scheduling.annotation.Scheduled;

/** The clock of critics and valuers: it tells them that time passes, on their own threads and never twice at a time. */
class CriticClock {
    private final TrainerLoop<JudgedTrajectory> loop;
    private final RunCritics critics;
    private final List<PendingValuation<?>> valuers;
    private final AtomicBoolean pending = new AtomicBoolean();

    CriticClock(TrainerLoop<JudgedTrajectory> loop, RunCritics critics, List<PendingValuation<?>> valuers) {
        this.loop = loop;
        this.critics = critics;
        this.valuers = valuers;
    }

    @Scheduled(fixedDelay = 1000)
    void tick() {
        valuers.forEach(PendingValuation::lookAgain);
        if (pending.compareAndSet(false, true)) {
            loop.post(() -> {
                pending.set(false);
                critics.tick();
            });
        }
    }
}
