package dev.tempo.eval.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.eval.EvaluationPlanner;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Trainer;

/**
 * The one instance that measures reads the verdicts here. The critic's values are read only while it does, so that they
 * come to the same instance.
 */
final class MeasuringLoop implements Trainer<JudgedTrajectory> {
    private final EvaluationPlanner planner;
    private final Publisher publisher;
    private final Subscription values;

    MeasuringLoop(EvaluationPlanner planner, Publisher publisher, Subscription values) {
        this.planner = planner;
        this.publisher = publisher;
        this.values = values;
    }

    @Override
    public void assigned() {
        values.start();
        publisher.publishAll(planner.assigned());
    }

    @Override
    public void revoked() {
        values.stop();
        planner.revoked();
    }

    @Override
    public void on(Received<JudgedTrajectory> judged) {
        publisher.publishAll(planner.on(judged.message()));
    }
}
