package dev.tempo.eval.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.eval.EndingRuns;
import dev.tempo.eval.EvaluationPlanner;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Trainer;
import java.util.function.IntSupplier;

/**
 * The one instance that measures reads the verdicts here. The critic's values are read only while it does, so that they
 * come to the same instance.
 */
final class MeasuringLoop implements Trainer<JudgedTrajectory> {
    private final EvaluationPlanner planner;
    private final EndingRuns ending;
    private final Publisher publisher;
    private final Subscription values;
    private final IntSupplier generation;

    /** @param generation of the loop's group, on the loop's thread */
    MeasuringLoop(
            EvaluationPlanner planner,
            EndingRuns ending,
            Publisher publisher,
            Subscription values,
            IntSupplier generation) {
        this.planner = planner;
        this.ending = ending;
        this.publisher = publisher;
        this.values = values;
        this.generation = generation;
    }

    @Override
    public void assigned() {
        values.start();
        ending.assigned();
        publisher.publishAll(planner.assigned(generation.getAsInt()));
    }

    @Override
    public void revoked() {
        values.stop();
        planner.revoked();
        ending.revoked();
    }

    @Override
    public void on(Received<JudgedTrajectory> judged) {
        publisher.publishAll(planner.on(judged.message()));
    }
}
