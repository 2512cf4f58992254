package dev.tempo.plugin;

import java.util.Locale;

/** The outcome of a verdict. */
public enum Outcome {
    CORRECT,
    WRONG,
    /** Nobody could tell (no answer key, a judge out of reach, a step budget spent): no gradient, never counted as wrong. */
    UNDECIDED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The outcome in lower case, as it stands in messages, verdict files and logs. */
    @Override
    public String toString() {
        return word;
    }
}
