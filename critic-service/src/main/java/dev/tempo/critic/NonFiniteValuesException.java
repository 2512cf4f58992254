package dev.tempo.critic;

import dev.tempo.contract.Trajectory;
import dev.tempo.model.Sequence;
import dev.tempo.model.training.NonFiniteException;
import java.util.List;

/** The values of a trajectory of which one is NaN or infinite. */
final class NonFiniteValuesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Trajectory trajectory;
    private final NonFiniteException found;

    NonFiniteValuesException(Trajectory trajectory, NonFiniteException found) {
        super(found.getMessage(), found);
        this.trajectory = trajectory;
        this.found = found;
    }

    Trajectory trajectory() {
        return trajectory;
    }

    NonFiniteException found() {
        return found;
    }

    /** What was valued. */
    List<Sequence> measured() {
        return List.of(Example.sequence(trajectory));
    }
}
