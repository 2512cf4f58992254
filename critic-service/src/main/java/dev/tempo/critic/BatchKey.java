package dev.tempo.critic;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;

/** The key of a labeled batch within a run: that of a round, or of a warm-up step. */
record BatchKey(int round, Purpose purpose, int step) {
    static BatchKey of(RequestId id) {
        return new BatchKey(id.round(), id.purpose(), id.step());
    }

    /** Whether it is of an E-step that is not the first of its round. */
    boolean isRepeated() {
        return purpose == Purpose.LABELED && step > 0;
    }
}
