package dev.tempo.serving.learning;

import java.util.List;
import java.util.Locale;

/** What somebody has said about learning from a chat. */
public enum Consent {
    YES,
    NO,
    UNSAID;

    /** The header of a request that says it. */
    public static final String HEADER = "x-tempo-learn";

    /**
     * What a text says.
     *
     * @throws IllegalArgumentException if it is neither yes nor no
     */
    public static Consent of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "yes" -> YES;
            case "no" -> NO;
            default -> throw new IllegalArgumentException("must be yes or no");
        };
    }

    /**
     * What the headers of a request say; of several that differ nobody knows which is meant.
     *
     * @throws IllegalArgumentException if one says neither yes nor no, or two say different things
     */
    public static Consent of(List<String> headers) {
        List<Consent> said = headers.stream().map(Consent::of).distinct().toList();
        if (said.size() > 1) {
            throw new IllegalArgumentException("must be yes or no, not both");
        }
        return said.isEmpty() ? UNSAID : said.get(0);
    }
}
