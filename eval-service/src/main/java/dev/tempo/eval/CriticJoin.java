package dev.tempo.eval;

import dev.tempo.algorithm.CriticQuality;
import dev.tempo.algorithm.Reliability;
import dev.tempo.contract.CriticReport;
import dev.tempo.eval.report.MeasurementDetail;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The critic's last values beside the verdicts on the same trajectories. */
final class CriticJoin {
    private final double[] values;
    private final boolean[] correct;

    private CriticJoin(double[] values, boolean[] correct) {
        this.values = values;
        this.correct = correct;
    }

    /**
     * The trajectories with both a decided verdict and a value.
     *
     * @param samples in the order of their ids
     * @param lastValues V_n in the same order, empty where there is none
     */
    static CriticJoin of(List<JudgedSample> samples, List<OptionalDouble> lastValues) {
        int[] both = IntStream.range(0, samples.size())
                .filter(i -> samples.get(i).decided() && lastValues.get(i).isPresent())
                .toArray();
        double[] values = new double[both.length];
        boolean[] correct = new boolean[both.length];
        for (int i = 0; i < both.length; i++) {
            values[i] = lastValues.get(both[i]).orElseThrow();
            correct[i] = samples.get(both[i]).correct();
        }
        return new CriticJoin(values, correct);
    }

    /** Null if there is no such trajectory. */
    @Nullable
    CriticReport report() {
        if (values.length == 0) {
            return null;
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return new CriticReport(
                CriticQuality.auc(values, correct),
                CriticQuality.brier(values, correct),
                sum / values.length,
                values.length);
    }

    /** Of the responses that are valued alike, how many are right; empty if there is none. */
    List<Reliability.Bin> reliability() {
        return values.length == 0 ? List.of() : Reliability.bins(values, correct, MeasurementDetail.BINS);
    }
}
