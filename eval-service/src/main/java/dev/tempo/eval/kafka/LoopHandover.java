package dev.tempo.eval.kafka;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.eval.EndingRuns;
import dev.tempo.eval.EvaluationPlanner;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.TrainerLoop;

/** The way from other subscriptions' threads to the measuring loop's, which alone tells the planner. */
final class LoopHandover {
    private static final int TOPICS = 5;

    private final TrainerLoop<?> loop;
    private final EvaluationPlanner planner;
    private final EndingRuns ending;
    private final Publisher publisher;
    private int caughtUp;

    LoopHandover(TrainerLoop<?> loop, EvaluationPlanner planner, EndingRuns ending, Publisher publisher) {
        this.loop = loop;
        this.planner = planner;
        this.ending = ending;
        this.publisher = publisher;
    }

    void on(Run run) {
        loop.post(() -> {
            ending.on(run);
            publisher.publishAll(planner.on(run));
        });
    }

    void on(RunEnd end) {
        loop.post(() -> ending.on(end));
    }

    void on(PolicyVersion version) {
        loop.post(() -> publisher.publishAll(planner.on(version)));
    }

    void on(EvaluationReport report) {
        loop.post(() -> planner.on(report));
    }

    void on(Promotion promotion) {
        loop.post(() -> planner.on(promotion));
    }

    void on(CriticVersion version) {
        loop.post(() -> planner.on(version));
    }

    void on(ArrivingQuestion question) {
        loop.post(() -> publisher.publishAll(planner.on(question)));
    }

    /** One of the topics that the planner has to know is read to its end. */
    void caughtUp() {
        loop.post(() -> {
            caughtUp++;
            if (caughtUp == TOPICS) {
                ending.caughtUp();
                publisher.publishAll(planner.caughtUp());
            }
        });
    }
}
