package dev.tempo.contract;

/**
 * The reference answer of a labeled or benchmark question. Read by judges alone; never travels with a trajectory.
 *
 * @param purpose LABELED or EVALUATION: which answers topic it belongs to
 * @param question the question id of the requests (for evaluations: {@code set/question})
 * @param domain which chain of judges the recipe routes it to
 */
public record Answer(String run, Purpose purpose, String question, String text, String answer, String domain) {
    public Answer {
        Check.text("run", run);
        Check.text("question", question);
        Check.text("domain", domain);
    }

    /** The record key under which the latest answer of a question is kept. */
    public static String key(String run, String question) {
        return run + "/" + question;
    }
}
