package dev.tempo.eval.kafka;

import dev.tempo.eval.EvaluationPlanner;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.TrainerLoop;
import java.util.HashMap;
import java.util.Map;

/**
 * The verdicts that were there before this instance measured. They are read once more where a measurement asks for them, so that
 * what a killed one had come to is not generated twice. Loop thread only.
 */
final class EarlierVerdicts {
    private final TrainerLoop<?> loop;
    private final EvaluationPlanner planner;
    private final Publisher publisher;
    private Map<Integer, Long> ends = Map.of();
    private boolean reading;

    EarlierVerdicts(TrainerLoop<?> loop, EvaluationPlanner planner, Publisher publisher) {
        this.loop = loop;
        this.planner = planner;
        this.publisher = publisher;
    }

    /** Begins to read them, or tells that they are read. */
    void look() {
        if (!planner.looksBack()) {
            reading = false;
        } else if (!reading) {
            ends = loop.ends();
            Map<Integer, Long> beginnings = new HashMap<>();
            ends.keySet().forEach(partition -> beginnings.put(partition, 0L));
            loop.rewind(beginnings);
            reading = true;
        } else if (isRead(loop.positions())) {
            reading = false;
            publisher.publishAll(planner.lookedBack());
        }
    }

    private boolean isRead(Map<Integer, Long> positions) {
        return ends.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), Long.MAX_VALUE) >= end.getValue());
    }
}
