package dev.tempo.contract;

import java.util.Comparator;

/** One sample of a request; the identity under which a trajectory ends every stage exactly once. */
public record TrajectoryId(RequestId request, int sample) implements Comparable<TrajectoryId> {

    private static final Comparator<TrajectoryId> ORDER =
            Comparator.comparing(TrajectoryId::request).thenComparingInt(TrajectoryId::sample);

    public TrajectoryId {
        Check.notNegative("sample", sample);
    }

    @Override
    public int compareTo(TrajectoryId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return request + "#" + sample;
    }
}
