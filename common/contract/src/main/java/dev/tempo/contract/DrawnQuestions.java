package dev.tempo.contract;

import java.util.List;

/**
 * The questions that a round draws where questions arrive, in the order in which they are asked.
 *
 * @param log the id of the topic of arriving questions that {@code before} is of
 * @param before the offset before which questions and deletions were known to the draw
 * @param questions ids of the data file's questions, and {@code arrived/ID} for those that arrived
 */
public record DrawnQuestions(String log, long before, List<String> questions) {
    /** What stands before the id of a question that arrived, in requests and trajectories. */
    public static final String ARRIVED = "arrived/";

    public DrawnQuestions {
        Check.text("log", log);
        Check.notNegative("before", before);
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
