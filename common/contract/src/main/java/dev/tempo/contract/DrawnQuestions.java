package dev.tempo.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions that a round draws where questions arrive, in the order in which they are asked. A question is asked with the content that
 * it had when it was drawn, or not at all: under its id there may be another one by then, which nobody has held against what is measured.
 *
 * @param log the id of the topic of arriving questions that the offsets are of
 * @param before the offset before which questions were known to the draw
 * @param deletionsBefore the offset before which deletions were known to the draw, and replacements of what it knew
 * @param questions ids of the data file's questions, and {@code arrived/ID} for those that arrived
 * @param hashes of each question, the SHA-256 of its domain, a line break and its text in UTF-8, in lower-case hexadecimal
 */
public record DrawnQuestions(
        String log, long before, long deletionsBefore, List<String> questions, List<String> hashes) {
    /** What stands before the id of a question that arrived, in requests and trajectories. */
    public static final String ARRIVED = "arrived/";

    private static final String HASH = "[0-9a-f]{64}";

    public DrawnQuestions {
        Check.text("log", log);
        Check.notNegative("before", before);
        Check.notNegative("deletionsBefore", deletionsBefore);
        questions = List.copyOf(questions);
        hashes = List.copyOf(hashes);
        if (questions.isEmpty()) {
            throw new IllegalArgumentException("questions: a round draws at least one");
        }
        if (hashes.size() != questions.size()) {
            throw new IllegalArgumentException(
                    "hashes: there are " + hashes.size() + " of " + questions.size() + " questions");
        }
        for (String hash : hashes) {
            if (!hash.matches(HASH)) {
                throw new IllegalArgumentException("hashes: '" + hash + "' is no SHA-256 in lower-case hexadecimal");
            }
        }
    }

    /** The id of a question that arrived, as requests and trajectories have it. */
    public static String arrived(String id) {
        return ARRIVED + id;
    }

    /** The hash of each question, by its id, in the order in which they are asked. */
    public Map<String, String> hashOfId() {
        Map<String, String> byId = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            byId.put(questions.get(i), hashes.get(i));
        }
        return byId;
    }
}
