package dev.tempo.critic;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;

/** Which labeled batch of a run: a round's, or a warm-up step's. */
record BatchKey(int round, Purpose purpose, int step) {
    static BatchKey of(RequestId id) {
        return new BatchKey(id.round(), id.purpose(), id.step());
    }
}
