package dev.tempo.judging.model;

/**
 * The two ways in which a model is asked about one answer. Their polarities are opposite: a model that agrees with whatever it
 * is told, or that an answer has talked into saying "correct", contradicts itself.
 */
enum Claim {
    EQUIVALENT("Claim: the candidate answer is equivalent to the reference.", true),
    DIFFERENT(
            "First look for every way in which the candidate answer could be wrong: another value, another thing, too little,"
                    + " too much, several answers at once, no answer at all.\n"
                    + "Claim: the candidate answer is not equivalent to the reference.",
            false);

    /** Changes with any word that a model is sent. */
    static final String VERSION = "1";

    private final String text;
    private final boolean holdsWhenRight;

    Claim(String text, boolean holdsWhenRight) {
        this.text = text;
        this.holdsWhenRight = holdsWhenRight;
    }

    String text() {
        return text;
    }

    /** What a word on the claim says about the answer. */
    boolean saysRight(boolean claimHolds) {
        return claimHolds == holdsWhenRight;
    }
}
