package dev.tempo.policy;

import dev.tempo.algorithm.Advantages;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.model.Sequence;
import dev.tempo.runs.RunStoppedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The rows of a closed round that move the policy, and a count of those that do not.
 *
 * @param rows with reward and at least one token that the policy wrote, sorted by id
 * @param sequences the rows' tokens
 * @param counts rows by what became of them: gradient, failed, undecided, held, empty, filtered
 */
record RefinementBatch(List<ValuedTrajectory> rows, List<Sequence> sequences, Map<String, Integer> counts) {
    private static final double GROUP_EPSILON = 1e-6;

    RefinementBatch {
        rows = List.copyOf(rows);
        sequences = List.copyOf(sequences);
        counts = Map.copyOf(counts);
    }

    /**
     * @param closed every row of the round, sorted by id
     * @param groupFilter whether labeled questions whose samples all have the same reward are left out
     */
    static RefinementBatch of(List<ValuedTrajectory> closed, boolean groupFilter) {
        Map<String, Integer> counts = new TreeMap<>(Map.of("gradient", 0, "failed", 0, "undecided", 0));
        List<ValuedTrajectory> rewarded = new ArrayList<>();
        for (ValuedTrajectory row : closed) {
            Trajectory trajectory = row.trajectory();
            if (trajectory.isFailed()) {
                counts.merge("failed", 1, Integer::sum);
            } else if (row.reward() == null && row.values().length() > 0) {
                counts.merge("held", 1, Integer::sum);
            } else if (row.reward() == null) {
                counts.merge("undecided", 1, Integer::sum);
            } else if (!row.carriesGradient() || sequence(trajectory).policyTokens() == 0) {
                counts.merge("empty", 1, Integer::sum);
            } else {
                rewarded.add(row);
            }
        }
        List<ValuedTrajectory> kept = groupFilter ? withVariance(rewarded) : rewarded;
        if (groupFilter) {
            counts.put("filtered", rewarded.size() - kept.size());
        }
        counts.put("gradient", kept.size());
        List<Sequence> sequences =
                kept.stream().map(row -> sequence(row.trajectory())).toList();
        return new RefinementBatch(kept, sequences, counts);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** A_t per response token (Eq. 11), over the whole round. */
    List<float[]> advantages(AdvantageSettings settings) {
        double[][] advantages = switch (settings.baseline()) {
            case BEFORE, AFTER -> lessValues(settings.baseline());
            case GROUP -> everyToken(Advantages.groupNormalised(rewards(rows), questions(rows), true, GROUP_EPSILON));
            case NONE -> everyToken(rewards(rows));
        };
        double[][] result = settings.whitening() ? Advantages.whitened(advantages, policyMask()) : advantages;
        return Arrays.stream(result).map(RefinementBatch::floats).toList();
    }

    double meanReward() {
        return Arrays.stream(rewards(rows)).average().orElse(0);
    }

    /** Mean absolute advantage over the tokens that the policy wrote. */
    double meanAbsolute(List<float[]> advantages) {
        return meanOverPolicyTokens((row, token) -> Math.abs(advantages.get(row)[token]));
    }

    /** Mean absolute distance, in nats, between the generating worker's log-probabilities and the trainer's. */
    double gap(List<float[]> trainer) {
        return meanOverPolicyTokens((row, token) -> {
            LogProbs worker = rows.get(row).trajectory().logProbs();
            return Math.abs(worker.get(token) - trainer.get(row)[token]);
        });
    }

    private interface TokenMeasure {
        double of(int row, int token);
    }

    private double meanOverPolicyTokens(TokenMeasure measure) {
        double sum = 0;
        long tokens = 0;
        for (int row = 0; row < sequences.size(); row++) {
            boolean[] environment = sequences.get(row).environmentMask();
            for (int token = 0; token < environment.length; token++) {
                if (!environment[token]) {
                    sum += measure.of(row, token);
                    tokens++;
                }
            }
        }
        return tokens == 0 ? 0 : sum / tokens;
    }

    private double[][] lessValues(Baseline baseline) {
        double[][] advantages = new double[rows.size()][];
        for (int row = 0; row < advantages.length; row++) {
            ValuedTrajectory valued = rows.get(row);
            if (valued.values().length() == 0) {
                throw new RunStoppedException(
                        "trajectory " + valued.trajectory().id()
                                + " has no critic values, but the stage's advantage.baseline needs them");
            }
            advantages[row] = Advantages.of(reward(valued), doubles(valued.values()), baseline);
        }
        return advantages;
    }

    private double[][] everyToken(double[] perRow) {
        double[][] advantages = new double[perRow.length][];
        for (int row = 0; row < perRow.length; row++) {
            advantages[row] = new double[sequences.get(row).responseIds().length];
            Arrays.fill(advantages[row], perRow[row]);
        }
        return advantages;
    }

    private boolean[][] policyMask() {
        boolean[][] mask = new boolean[sequences.size()][];
        for (int row = 0; row < mask.length; row++) {
            mask[row] = sequences.get(row).environmentMask().clone();
            for (int token = 0; token < mask[row].length; token++) {
                mask[row][token] = !mask[row][token];
            }
        }
        return mask;
    }

    private static List<ValuedTrajectory> withVariance(List<ValuedTrajectory> rows) {
        boolean[] labeled = new boolean[rows.size()];
        for (int row = 0; row < labeled.length; row++) {
            labeled[row] = rows.get(row).trajectory().id().request().purpose() == Purpose.LABELED;
        }
        boolean[] kept = Advantages.kept(rewards(rows), questions(rows), labeled);
        List<ValuedTrajectory> result = new ArrayList<>();
        for (int row = 0; row < kept.length; row++) {
            if (kept[row]) {
                result.add(rows.get(row));
            }
        }
        return result;
    }

    private static List<RequestId> questions(List<ValuedTrajectory> rows) {
        return rows.stream().map(row -> row.trajectory().id().request()).toList();
    }

    private static double[] rewards(List<ValuedTrajectory> rows) {
        return rows.stream().mapToDouble(RefinementBatch::reward).toArray();
    }

    private static double reward(ValuedTrajectory row) {
        return Objects.requireNonNull(row.reward());
    }

    static Sequence sequence(Trajectory trajectory) {
        return new Sequence(
                trajectory.promptTokens().toArray(),
                trajectory.responseTokens().toArray(),
                trajectory.environment().toArray());
    }

    private static double[] doubles(Values values) {
        double[] result = new double[values.length()];
        for (int t = 0; t < result.length; t++) {
            result[t] = values.get(t);
        }
        return result;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int t = 0; t < result.length; t++) {
            result[t] = (float) values[t];
        }
        return result;
    }
}
