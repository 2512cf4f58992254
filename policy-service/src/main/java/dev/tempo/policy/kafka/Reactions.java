package dev.tempo.policy.kafka;

import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.policy.Reaction;
import java.util.Map;
import java.util.function.Function;

/** The ways in which the training acts: versions are published, the loop is moved back. */
final class Reactions {
    private final TrainerLoop<ValuedTrajectory> loop;
    private final Publisher publisher;

    Reactions(TrainerLoop<ValuedTrajectory> loop, Publisher publisher) {
        this.loop = loop;
        this.publisher = publisher;
    }

    /** From any thread: the event is told on the loop's thread, with the positions it has then. */
    void post(Function<Map<Integer, Long>, Reaction> event) {
        loop.post(() -> carryOut(event));
    }

    /** Loop thread only. */
    void carryOut(Function<Map<Integer, Long>, Reaction> event) {
        Reaction reaction = event.apply(loop.positions());
        loop.rewind(reaction.readAgainFrom());
        publisher.publishAll(Topics.POLICY_VERSIONS, reaction.publish());
    }
}
