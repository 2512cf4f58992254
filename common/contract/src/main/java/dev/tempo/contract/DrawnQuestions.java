package dev.tempo.contract;

import java.util.List;

/**
 * The questions that a round draws where questions arrive, in the order in which they are asked.
 *
 * @param log the id of the topic of arriving questions that the offsets are of
 * @param before the offset before which questions were known to the draw
 * @param deletionsBefore the offset before which deletions were known to the draw
 * @param questions ids of the data file's questions, and {@code arrived/ID} for those that arrived
 */
public record DrawnQuestions(String log, long before, long deletionsBefore, List<String> questions) {
    /** What stands before the id of a question that arrived, in requests and trajectories. */
    public static final String ARRIVED = "arrived/";

    public DrawnQuestions {
        Check.text("log", log);
        Check.notNegative("before", before);
        Check.notNegative("deletionsBefore", deletionsBefore);
        questions = List.copyOf(questions);
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("questions: a round draws at least one");
        }
    }

    /** The id of a question that arrived, as requests and trajectories have it. */
    public static String arrived(String id) {
        return ARRIVED + id;
    }
}
