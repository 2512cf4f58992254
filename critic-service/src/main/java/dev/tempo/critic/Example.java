package dev.tempo.critic;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.model.Sequence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A labeled trajectory that the critic learns from.
 *
 * @param target I of Eq. 6, on the scale of the recipe's label
 * @param before V_0..V_n when the batch was valued; before the first update on it, where it is learned from
 */
record Example(Trajectory trajectory, double target, Values before) {

    /** Whether there is something to learn: tokens, and a verdict on them. */
    static boolean isLearnable(JudgedTrajectory judged) {
        return missing(judged) == null;
    }

    /** The reason why nothing can be learned from a judged trajectory; null where something can. */
    static @Nullable String missing(JudgedTrajectory judged) {
        Trajectory trajectory = judged.trajectory();
        String withoutVerdict = withoutVerdict(judged);
        return withoutVerdict == null && trajectory.responseTokens().length() == 0
                ? "no token was generated"
                : withoutVerdict;
    }

    /** The reason why there is no verdict; null where there is one. */
    static @Nullable String withoutVerdict(JudgedTrajectory judged) {
        String failure = judged.trajectory().failure();
        if (judged.verdict().reward() != null) {
            return null;
        }
        return failure != null ? failure : "undecided: " + judged.verdict().reason();
    }

    /** The learnable rows of a batch in its order, valued by the critic as it is. */
    static List<Example> of(List<JudgedTrajectory> batch, CriticLabel label, Valuer critic) {
        List<JudgedTrajectory> learnable =
                batch.stream().filter(Example::isLearnable).toList();
        List<Values> values = critic.values(
                learnable.stream().map(JudgedTrajectory::trajectory).toList());
        List<Example> examples = new ArrayList<>();
        for (int row = 0; row < learnable.size(); row++) {
            JudgedTrajectory judged = learnable.get(row);
            examples.add(new Example(judged.trajectory(), target(judged, label), values.get(row)));
        }
        return examples;
    }

    /** The batch for the policy: values and reward of what is learnable, the reason of everything else. */
    static List<ValuedTrajectory> valued(List<JudgedTrajectory> batch, List<Example> learnable, int round) {
        List<ValuedTrajectory> valued = new ArrayList<>();
        Iterator<Example> examples = learnable.iterator();
        for (JudgedTrajectory judged : batch) {
            String missing = missing(judged);
            if (missing == null) {
                Example example = examples.next();
                valued.add(new ValuedTrajectory(example.trajectory(), round, example.before(), example.target(), null));
            } else {
                valued.add(new ValuedTrajectory(judged.trajectory(), round, Values.of(), null, missing));
            }
        }
        return valued;
    }

    static double target(JudgedTrajectory judged, CriticLabel label) {
        Double reward = judged.verdict().reward();
        if (reward == null) {
            throw new IllegalArgumentException(judged.trajectory().id() + " is undecided and has no target");
        }
        return label == CriticLabel.ZERO_ONE ? reward : 2 * reward - 1;
    }

    static Sequence sequence(Trajectory trajectory) {
        return new Sequence(
                trajectory.promptTokens().toArray(),
                trajectory.responseTokens().toArray(),
                trajectory.environment().toArray());
    }
}
