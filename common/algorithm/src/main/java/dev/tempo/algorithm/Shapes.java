package dev.tempo.algorithm;

/** Checks that the arrays of one call describe the same tokens. */
final class Shapes {
    private Shapes() {}

    /**
     * Checks that each row has one entry per entry of its mask; rows may differ in length.
     *
     * @throws IllegalArgumentException if the shapes differ, naming array and row
     */
    static void requireRows(String name, double[][] rows, boolean[][] mask) {
        if (rows.length != mask.length) {
            throw new IllegalArgumentException(name + " has " + rows.length + " rows, but the mask has " + mask.length);
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != mask[i].length) {
                throw new IllegalArgumentException("row " + i + " of " + name + " has " + rows[i].length
                        + " entries, but its mask has " + mask[i].length);
            }
        }
    }

    static void requireLength(String name, int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(name + " has " + actual + " entries, but " + expected + " are needed");
        }
    }

    static double[][] like(boolean[][] mask) {
        double[][] zeros = new double[mask.length][];
        for (int i = 0; i < mask.length; i++) {
            zeros[i] = new double[mask[i].length];
        }
        return zeros;
    }

    static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    static int count(boolean[] mask) {
        int count = 0;
        for (boolean kept : mask) {
            count += kept ? 1 : 0;
        }
        return count;
    }
}
