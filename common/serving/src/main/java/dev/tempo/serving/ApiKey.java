package dev.tempo.serving;

import dev.tempo.contract.UserException;
import dev.tempo.serving.learning.Consent;

/**
 * A key that lets callers in.
 *
 * @param key at least 16 printable characters
 * @param learn what the operator says about learning from the chats of whoever has it
 */
public record ApiKey(String key, Consent learn) {
    private static final int SHORTEST = 16;
    private static final String LEARN = "learn=";

    public ApiKey {
        if (key.length() < SHORTEST || key.chars().anyMatch(sign -> sign <= ' ' || sign > '~')) {
            throw new UserException("an API key needs at least " + SHORTEST
                    + " printable characters and no blanks; make one by: openssl rand -hex 24");
        }
    }

    /** A key of which nothing else is said. */
    public static ApiKey of(String key) {
        return new ApiKey(key, Consent.UNSAID);
    }

    /**
     * The key of a line: alone, or with {@code learn=yes} or {@code learn=no} behind it.
     *
     * @throws UserException if it is none
     */
    public static ApiKey read(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length > 2 || words.length == 2 && !words[1].matches(LEARN + "(yes|no)")) {
            throw new UserException("behind an API key may stand learn=yes or learn=no and nothing else");
        }
        return words.length == 1 ? of(words[0]) : new ApiKey(words[0], Consent.of(words[1].substring(LEARN.length())));
    }

    /** The key is not told. */
    @Override
    public String toString() {
        return "an API key, learn=" + learn;
    }
}
