package dev.tempo.eval.kafka;

import dev.tempo.eval.EndingRuns;
import dev.tempo.eval.EvalMeters;
import dev.tempo.eval.EvaluationPlanner;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.TrainerLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.scheduling.annotation.Scheduled;

/** The planner's clock: lets it look for what is late once a second, on the measuring loop's thread. */
class PlannerClock {
    private final TrainerLoop<?> loop;
    private final EvaluationPlanner planner;
    private final EndingRuns ending;
    private final Publisher publisher;
    private final EvalMeters meters;
    private final EarlierVerdicts earlier;
    private final AtomicBoolean posted = new AtomicBoolean();

    PlannerClock(
            TrainerLoop<?> loop, EvaluationPlanner planner, EndingRuns ending, Publisher publisher, EvalMeters meters) {
        this.loop = loop;
        this.planner = planner;
        this.ending = ending;
        this.publisher = publisher;
        this.meters = meters;
        earlier = new EarlierVerdicts(loop, planner, publisher);
    }

    @Scheduled(fixedDelay = 1000)
    void tick() {
        if (posted.compareAndSet(false, true)) {
            loop.post(() -> {
                posted.set(false);
                List<Outgoing<?>> late = planner.tick();
                publisher.publishAll(late);
                meters.askedAgain(late);
                publisher.publishAll(planner.retried());
                earlier.look();
                publisher.publishAll(planner.next());
                publisher.publishAll(ending.tick());
            });
        }
    }
}
