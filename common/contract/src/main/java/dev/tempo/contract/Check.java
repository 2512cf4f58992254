package dev.tempo.contract;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The checks that records of this module share: each throws an {@link IllegalArgumentException} that names the field
 * and the value it refuses.
 */
public final class Check {
    /** A name that can also be a directory's, on every machine. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Most characters of a question; what turns text into tokens takes some hundred bytes for each of them. */
    public static final int LONGEST_QUESTION = 500_000;

    /** A request names all its samples at once, and whoever answers it makes them at once. */
    private static final int MOST_SAMPLES = 10_000;

    /** A round's trajectories are held in memory until the last has come. */
    private static final int MOST_TRAJECTORIES = 10_000_000;

    private Check() {}

    /** Refuses a blank text. */
    public static void text(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " is empty");
        }
    }

    /** Refuses a question that is blank or has more than {@value #LONGEST_QUESTION} characters. */
    public static void question(String field, String value) {
        text(field, value);
        if (value.length() > LONGEST_QUESTION) {
            throw new IllegalArgumentException(
                    field + " has " + value.length() + " characters, but a question has at most " + LONGEST_QUESTION);
        }
    }

    /** Refuses a name that cannot be part of file names, record keys and addresses as it is. */
    public static void name(String field, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(field
                    + " may hold up to 100 letters, digits, '.', '_' and '-', and begin"
                    + " with a letter or digit, since directories and files are named after it; it is '" + value + "'");
        }
    }

    /** Refuses a number below 0. */
    public static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must be at least 0 but is " + value);
        }
    }

    /** Refuses a number that is not finite and greater than 0. */
    public static void positive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be greater than 0 but is " + value);
        }
    }

    /** Refuses a number of samples of one question that is not 1 to 10000. */
    public static void samples(String field, int samples) {
        positive(field, samples);
        if (samples > MOST_SAMPLES) {
            throw new IllegalArgumentException(field + " must be at most " + MOST_SAMPLES + " but is " + samples);
        }
    }

    /** Refuses numbers of questions and of samples of each that are not positive, or more than 10000000 trajectories together. */
    public static void trajectories(int questions, int samples) {
        positive("questions", questions);
        samples("samples", samples);
        if ((long) questions * samples > MOST_TRAJECTORIES) {
            throw new IllegalArgumentException("questions: " + questions + " with " + samples
                    + " samples of each are more than " + MOST_TRAJECTORIES + " trajectories");
        }
    }

    /** Refuses a number that is not finite or lies below a bound. */
    public static void atLeast(String field, double bound, double value) {
        if (!(value >= bound) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be at least " + bound + " but is " + value);
        }
    }

    /** Refuses two arrays of different lengths. */
    public static void sameLength(String field, int length, String other, int otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException(
                    field + " has " + length + " entries but " + other + " has " + otherLength);
        }
    }

    /** An unmodifiable copy without nulls, in the order of its keys, so that what is written of it is the same each time. */
    static <K extends Comparable<K>, V> Map<K, V> ordered(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(map)));
    }
}
