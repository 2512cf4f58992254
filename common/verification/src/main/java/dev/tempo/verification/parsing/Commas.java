package dev.tempo.verification.parsing;

/** The meanings of a comma between digits; of these the first counts by which two answers are equal. */
public enum Commas {
    /** {@code 1,234} is one number. */
    THOUSANDS,
    /** {@code 1,234} are two. */
    LIST,
    /** {@code 1,5} is three halves. */
    DECIMAL
}
