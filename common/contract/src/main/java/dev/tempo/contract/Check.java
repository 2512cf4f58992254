package dev.tempo.contract;

import java.util.regex.Pattern;

/** Refusals shared by the message records: every message names the field and the value it refuses. */
public final class Check {
    /** A name that can also be a directory's, on every machine. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Check() {}

    public static void text(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " is empty");
        }
    }

    /** Refuses what cannot be a part of file names, topics' keys and addresses as it is. */
    public static void name(String field, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(field
                    + " may hold up to 100 letters, digits, '.', '_' and '-', and begin"
                    + " with a letter or digit, since directories and files are named after it; it is '" + value + "'");
        }
    }

    public static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must be at least 0 but is " + value);
        }
    }

    public static void positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be greater than 0 but is " + value);
        }
    }

    public static void atLeast(String field, double bound, double value) {
        if (!(value >= bound) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be at least " + bound + " but is " + value);
        }
    }

    public static void sameLength(String field, int length, String other, int otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException(
                    field + " has " + length + " entries but " + other + " has " + otherLength);
        }
    }
}
