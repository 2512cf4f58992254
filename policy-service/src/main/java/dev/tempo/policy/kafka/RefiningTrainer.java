package dev.tempo.policy.kafka;

import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.Trainer;
import dev.tempo.policy.TrainingRuns;

/** The trainer that hands valued trajectories to the training, one by one. */
final class RefiningTrainer implements Trainer<ValuedTrajectory> {
    private final TrainingRuns runs;
    private final Reactions reactions;

    RefiningTrainer(TrainingRuns runs, Reactions reactions) {
        this.runs = runs;
        this.reactions = reactions;
    }

    @Override
    public void assigned() {
        runs.readsFrom(reactions.log());
        reactions.takeOver(runs::assigned);
    }

    @Override
    public void revoked() {
        runs.revoked();
    }

    @Override
    public void on(Received<ValuedTrajectory> row) {
        reactions.carryOut(ends -> runs.valued(row.message(), row.partition(), row.offset()));
    }
}
