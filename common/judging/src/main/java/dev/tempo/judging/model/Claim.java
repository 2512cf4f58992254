package dev.tempo.judging.model;

/**
 * The two claims about one answer that a judge model confirms or denies. Each is the opposite of the other: a model
 * that agrees with whatever it is told, or that an answer has talked into saying "correct", contradicts itself.
 */
enum Claim {
    EQUIVALENT("Claim: the candidate answer is equivalent to the reference.", true),
    DIFFERENT(
            "First look for every way in which the candidate answer could be wrong: another value, another thing, too little,"
                    + " too much, several answers at once, no answer at all.\n"
                    + "Claim: the candidate answer is not equivalent to the reference.",
            false);

    /** The version of all words that a model is sent; it changes with any of them. */
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

    /** Whether a word on the claim says that the answer is right. */
    boolean saysRight(boolean claimHolds) {
        return claimHolds == holdsWhenRight;
    }
}
