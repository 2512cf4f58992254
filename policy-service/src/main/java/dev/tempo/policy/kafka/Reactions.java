package dev.tempo.policy.kafka;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.policy.Reaction;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways in which the training acts: versions are published, the loop is moved back. */
final class Reactions {
    private static final Logger LOG = LoggerFactory.getLogger(Reactions.class);

    private final TrainerLoop<ValuedTrajectory> loop;
    private final Publisher publisher;

    Reactions(TrainerLoop<ValuedTrajectory> loop, Publisher publisher) {
        this.loop = loop;
        this.publisher = publisher;
    }

    /**
     * An event from any thread: the training hears of it on the loop's thread, with the ends of the partitions as the loop knows
     * them then.
     */
    void post(Function<Map<Integer, Long>, Reaction> event) {
        loop.post(() -> carryOut(event));
    }

    /** The id of the topic that is read. Loop thread only. */
    String log() {
        return loop.log();
    }

    /** An event that needs the generation of the loop's group, on the loop's thread. */
    void takeOver(BiFunction<Integer, Map<Integer, Long>, Reaction> event) {
        carryOut(ends -> event.apply(loop.generation(), ends));
    }

    /** Loop thread only. */
    void carryOut(Function<Map<Integer, Long>, Reaction> event) {
        Stopwatch sinceEvent = Stopwatch.start();
        Reaction reaction = event.apply(loop.ends());
        loop.rewind(reaction.readAgainFrom());
        publisher.publishAll(Topics.POLICY_VERSIONS, reaction.publish());
        for (PolicyVersion version : reaction.publish()) {
            int madeBy = Math.max(0, version.version() - 1);
            RunEvent.VERSION_PUBLISHED.log(LOG, version.run(), madeBy, version.version(), sinceEvent.seconds());
            if (version.last()) {
                RunEvent.RUN_FINISHED.log(LOG, version.run(), madeBy, version.version(), version.wallSeconds());
            }
        }
    }
}
