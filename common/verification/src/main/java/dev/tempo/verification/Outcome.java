package dev.tempo.verification;

/** What a verifier found. {@link #UNDECIDED} is an honest "cannot tell", never a wrong answer. */
public enum Outcome {
    CORRECT,
    WRONG,
    UNDECIDED
}
