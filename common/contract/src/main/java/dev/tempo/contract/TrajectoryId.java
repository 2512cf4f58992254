package dev.tempo.contract;

import java.util.Comparator;

/**
 * The identity of a trajectory: one sample of a request. Readers recognise a repeated message by it.
 *
 * @param sample counted from 0
 */
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
