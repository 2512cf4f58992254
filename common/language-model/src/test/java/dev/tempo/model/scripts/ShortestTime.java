package dev.tempo.model.scripts;

/** The shortest of some measured times, if there was any. */
public final class ShortestTime {
    private double seconds = Double.POSITIVE_INFINITY;

    public void take(double time) {
        seconds = Math.min(seconds, time);
    }

    public double seconds() {
        return seconds;
    }

    /** The ratio of this time to another, for a table; a dash where this one was not measured. */
    public String times(double other) {
        return Double.isInfinite(seconds) ? "-" : String.format("%.2f", seconds / other);
    }
}
