package dev.tempo.eval.reproduction;

import java.util.List;

/**
 * A claim with what the numbers say of it.
 *
 * @param id short name of it
 * @param source where the paper makes it; "ours" where it is this project's
 * @param words the claim in a sentence
 * @param criterion when it counts as reproduced
 * @param outcome by that criterion
 * @param evidence the numbers that it was decided by; what was missing where it was not measured
 * @param seeds that decided it
 */
public record PaperClaim(
        String id, String source, String words, String criterion, Outcome outcome, String evidence, List<Long> seeds) {
    /** The source of claims that are this project's. */
    static final String OURS = "ours";

    public PaperClaim {
        seeds = List.copyOf(seeds);
    }

    boolean isOurs() {
        return source.equals(OURS);
    }

    /** What the numbers say. */
    public enum Outcome {
        REPRODUCED("reproduced"),
        NOT_REPRODUCED("not reproduced"),
        NOT_MEASURED("not measured");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
