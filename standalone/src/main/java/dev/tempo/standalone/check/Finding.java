package dev.tempo.standalone.check;

/** One line of a check: what was looked at and what was found. */
public record Finding(Level level, String subject, String text) {

    /** The weight of a finding. */
    public enum Level {
        GOOD,
        WARNING,
        /** A run cannot start, or could not be trusted. */
        PROBLEM
    }

    static Finding good(String subject, String text) {
        return new Finding(Level.GOOD, subject, text);
    }

    static Finding warning(String subject, String text) {
        return new Finding(Level.WARNING, subject, text);
    }

    static Finding problem(String subject, String text) {
        return new Finding(Level.PROBLEM, subject, text);
    }
}
