package dev.tempo.model.scripts;

/** The least of some times, if any was taken. */
public final class Fastest {
    private double seconds = Double.POSITIVE_INFINITY;

    public void take(double time) {
        seconds = Math.min(seconds, time);
    }

    public double seconds() {
        return seconds;
    }

    /** How many times as long as another this took, for a table; a dash where it was not measured. */
    public String times(double other) {
        return Double.isInfinite(seconds) ? "-" : String.format("%.2f", seconds / other);
    }
}
