package dev.tempo.contract;

/**
 * The reference answer of a labeled or benchmark question. Only judges read it; it never travels with a trajectory.
 *
 * @param purpose LABELED or EVALUATION: which answers topic it belongs to
 * @param question the question id of the requests (for evaluations: {@code set/question})
 * @param text the question in words
 * @param answer the reference answer
 * @param domain name of the question's domain, which the recipe routes to a chain of judges
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
