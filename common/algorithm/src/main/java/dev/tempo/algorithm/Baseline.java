package dev.tempo.algorithm;

import java.util.Locale;

/** Which value is subtracted from the reward at token t (Eq. 11). */
public enum Baseline {
    /** V_{t-1}, the value before the token was written: it cannot have seen the token, so it is unbiased. */
    BEFORE,
    /** V_t, the value after the token, as the paper prints it. */
    AFTER;

    /**
     * The baseline as a recipe names it: {@code before} or {@code after}.
     *
     * @throws IllegalArgumentException for any other name
     */
    public static Baseline named(String name) {
        for (Baseline baseline : values()) {
            if (baseline.recipeName().equals(name)) {
                return baseline;
            }
        }
        throw new IllegalArgumentException("the baseline must be before or after, but was " + name);
    }

    /** The name in a recipe. */
    public String recipeName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
