package dev.tempo.critic.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.critic.RunCritics;
import dev.tempo.messaging.TrainerLoop;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.scheduling.annotation.Scheduled;

/** Tells the critics that time passes, on their own thread and never twice at a time. */
class Watch {
    private final TrainerLoop<JudgedTrajectory> loop;
    private final RunCritics critics;
    private final AtomicBoolean pending = new AtomicBoolean();

    Watch(TrainerLoop<JudgedTrajectory> loop, RunCritics critics) {
        this.loop = loop;
        this.critics = critics;
    }

    @Scheduled(fixedDelay = 1000)
    void tick() {
        if (pending.compareAndSet(false, true)) {
            loop.post(() -> {
                pending.set(false);
                critics.tick();
            });
        }
    }
}
