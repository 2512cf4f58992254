package dev.tempo.judge.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Topic;
import dev.tempo.judge.AwaitedThings;
import dev.tempo.judge.Judged;
import dev.tempo.judge.Obstacle;
import dev.tempo.judge.VerdictMeter;
import dev.tempo.messaging.NotYetException;
import dev.tempo.messaging.Publisher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way out of verdicts: it publishes them, counts them, and makes what has to wait come again. */
final class JudgedOutput {
    private final Publisher publisher;
    private final VerdictMeter meter;
    private final AwaitedThings awaited;

    JudgedOutput(Publisher publisher, VerdictMeter meter, AwaitedThings awaited) {
        this.publisher = publisher;
        this.meter = meter;
        this.awaited = awaited;
    }

    void publish(Topic<JudgedTrajectory> topic, Judged judged) {
        publish(topic, judged.judged());
        awaitUnlessNull(topic, judged.obstacle(), judged.done());
    }

    void publish(Topic<JudgedTrajectory> topic, List<JudgedTrajectory> judged) {
        publisher.publishAll(topic, judged);
        meter.count(judged);
    }

    void awaitUnlessNull(Topic<JudgedTrajectory> topic, @Nullable Obstacle obstacle, int done) {
        awaited.note(topic.name(), obstacle);
        if (obstacle != null) {
            throw new NotYetException(obstacle.words(), done);
        }
    }
}
