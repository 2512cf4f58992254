package dev.tempo.judge;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * A thing for which trajectories have to wait.
 *
 * @param words what it is
 * @param awaited the same in a sentence, with {@value #TRAJECTORIES} for what is to be judged
 * @param from the service that writes it, or what else has to act
 */
public record Obstacle(String words, String awaited, String from) {
    private static final String TRAJECTORIES = "{trajectories}";

    /** The run is not announced, or its state is not known. */
    static Obstacle run(String run) {
        return new Obstacle(
                "run " + run, "the announcement of run " + run + ", to judge " + TRAJECTORIES, "its submitter");
    }

    /** Earlier votes on the questions of these runs are not read yet. */
    static Obstacle history(Set<String> runs) {
        String words = "the earlier votes of " + String.join(", ", runs);
        return new Obstacle(words, words + ", to judge " + TRAJECTORIES, Topics.JUDGED_UNLABELED_TRAJECTORIES.writer());
    }

    /** Votes have to be kept beside their run first. */
    static Obstacle file(UncheckedIOException unwritable) {
        String words = unwritable.getMessage() + " (" + unwritable.getCause() + ")";
        return new Obstacle(words, "space for votes, to judge " + TRAJECTORIES + ": " + words, "its operator");
    }

    static Obstacle answer(RequestId request) {
        String words = "the answer to " + request;
        boolean measured = request.purpose() == Purpose.EVALUATION;
        return new Obstacle(
                words,
                words + ", to judge " + TRAJECTORIES,
                (measured ? Topics.EVALUATION_ANSWERS : Topics.LABELED_ANSWERS).writer());
    }

    static Obstacle verdict(TrajectoryId trajectory) {
        String words = "the verdict on " + trajectory;
        return new Obstacle(words, words, "its judges");
    }

    /** @param unavailable which judge it is and why, in words */
    static Obstacle judge(String unavailable) {
        return new Obstacle(unavailable, "a verdict on " + TRAJECTORIES + " (" + unavailable + ")", "that judge");
    }

    String awaitedFor(String trajectories) {
        return awaited.replace(TRAJECTORIES, trajectories);
    }
}
