package dev.tempo.verification.parsing;

/** How a comma between digits is read; a text is read the first way that makes it equal. */
public enum Commas {
    /** {@code 1,234} is one number. */
    THOUSANDS,
    /** {@code 1,234} are two. */
    LIST,
    /** {@code 1,5} is three halves. */
    DECIMAL
}
