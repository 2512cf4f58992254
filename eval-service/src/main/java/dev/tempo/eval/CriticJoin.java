package dev.tempo.eval;

import dev.tempo.algorithm.CriticQuality;
import dev.tempo.contract.CriticReport;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The critic's last values beside the verdicts on the same trajectories. */
final class CriticJoin {
    private CriticJoin() {}

    /**
     * @param samples in the order of their ids
     * @param lastValues V_n in the same order, empty where there is none
     * @return null if no trajectory has both a decided verdict and a value
     */
    static @Nullable CriticReport report(List<JudgedSample> samples, List<OptionalDouble> lastValues) {
        int[] both = IntStream.range(0, samples.size())
                .filter(i -> samples.get(i).decided() && lastValues.get(i).isPresent())
                .toArray();
        if (both.length == 0) {
            return null;
        }
        double[] confidences = new double[both.length];
        boolean[] correct = new boolean[both.length];
        double sum = 0;
        for (int i = 0; i < both.length; i++) {
            confidences[i] = lastValues.get(both[i]).orElseThrow();
            correct[i] = samples.get(both[i]).correct();
            sum += confidences[i];
        }
        return new CriticReport(
                CriticQuality.auc(confidences, correct),
                CriticQuality.brier(confidences, correct),
                sum / both.length,
                both.length);
    }
}
