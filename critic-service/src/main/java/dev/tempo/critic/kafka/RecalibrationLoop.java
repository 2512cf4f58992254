package dev.tempo.critic.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.critic.Bus;
import dev.tempo.critic.RunCritics;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.Trainer;
import java.util.function.Supplier;

/** The trainer that hands judged labeled trajectories to the critics, one by one. */
final class RecalibrationLoop implements Trainer<JudgedTrajectory> {
    private final RunCritics critics;
    private final Bus bus;
    private final Supplier<String> log;

    /** @param log the id of the topic that is read */
    RecalibrationLoop(RunCritics critics, Bus bus, Supplier<String> log) {
        this.critics = critics;
        this.bus = bus;
        this.log = log;
    }

    @Override
    public void assigned() {
        critics.readsFrom(log.get());
        critics.assigned(bus);
    }

    @Override
    public void revoked() {
        critics.revoked();
    }

    @Override
    public void on(Received<JudgedTrajectory> judged) {
        critics.judged(judged.message(), judged.partition(), judged.offset());
    }
}
