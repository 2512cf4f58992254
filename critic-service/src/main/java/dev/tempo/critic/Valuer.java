package dev.tempo.critic;

import dev.tempo.contract.Trajectory;
import dev.tempo.contract.Values;
import dev.tempo.model.Sequence;
import dev.tempo.model.training.FiniteNumbers;
import dev.tempo.model.training.NonFiniteException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Values trajectories in parts of a bounded size. Which trajectories share a part has no bearing on their values.
 *
 * @param critic of a version, or one in training: n+1 values per sequence
 * @param part trajectories valued in one call
 */
record Valuer(Function<List<Sequence>, List<float[]>> critic, int part) {

    /** @throws NonFiniteValuesException with the trajectory */
    List<Values> values(List<Trajectory> trajectories) {
        List<float[]> values = new ArrayList<>(trajectories.size());
        for (int from = 0; from < trajectories.size(); from += part) {
            List<Trajectory> some = trajectories.subList(from, Math.min(from + part, trajectories.size()));
            values.addAll(critic.apply(some.stream().map(Example::sequence).toList()));
        }
        try {
            FiniteNumbers.require(
                    "values", values, row -> trajectories.get(row).id().toString());
        } catch (NonFiniteException notFinite) {
            throw new NonFiniteValuesException(trajectories.get(notFinite.row()), notFinite);
        }
        return values.stream().map(Values::of).toList();
    }
}
