package dev.tempo.critic;

import dev.tempo.contract.Trajectory;
import dev.tempo.contract.Values;
import dev.tempo.model.Sequence;
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

    List<Values> values(List<Trajectory> trajectories) {
        List<Values> values = new ArrayList<>(trajectories.size());
        for (int from = 0; from < trajectories.size(); from += part) {
            List<Trajectory> some = trajectories.subList(from, Math.min(from + part, trajectories.size()));
            for (float[] row : critic.apply(some.stream().map(Example::sequence).toList())) {
                values.add(Values.of(row));
            }
        }
        return values;
    }
}
