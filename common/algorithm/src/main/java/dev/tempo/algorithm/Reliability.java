package dev.tempo.algorithm;

import java.util.ArrayList;
import java.util.List;

/** The reliability of a critic's values: of the responses that it values alike, how many are right. */
public final class Reliability {
    private Reliability() {}

    /**
     * The responses whose values lie in one part of [0, 1].
     *
     * @param responses how many
     * @param meanValue mean of their values, as they are; 0 where there is none
     * @param right share of them that is right; 0 where there is none
     */
    public record Bin(int responses, double meanValue, double right) {}

    /**
     * Parts of equal width; a value below 0 belongs to the first, one of 1 and more to the last.
     *
     * @param values the critic's last value of each response
     * @param correct whether each response is correct
     * @param parts how many, at least 1
     */
    public static List<Bin> bins(double[] values, boolean[] correct, int parts) {
        Shapes.requireLength("correct", correct.length, values.length);
        int[] responses = new int[parts];
        double[] sums = new double[parts];
        int[] right = new int[parts];
        for (int i = 0; i < values.length; i++) {
            int part = (int) Math.max(0, Math.min(parts - 1L, (long) Math.floor(values[i] * parts)));
            responses[part]++;
            sums[part] += values[i];
            right[part] += correct[i] ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int here = responses[part];
            bins.add(here == 0 ? new Bin(0, 0, 0) : new Bin(here, sums[part] / here, (double) right[part] / here));
        }
        return bins;
    }

    /** The same parts of several measurements taken together. */
    public static List<Bin> pooled(List<List<Bin>> measurements) {
        List<Bin> pooled = new ArrayList<>();
        for (List<Bin> bins : measurements) {
            for (int part = 0; part < bins.size(); part++) {
                Bin more = bins.get(part);
                if (part == pooled.size()) {
                    pooled.add(more);
                } else if (more.responses > 0) {
                    Bin known = pooled.get(part);
                    double all = known.responses + more.responses;
                    pooled.set(
                            part,
                            new Bin(
                                    known.responses + more.responses,
                                    (known.responses * known.meanValue + more.responses * more.meanValue) / all,
                                    (known.responses * known.right + more.responses * more.right) / all));
                }
            }
        }
        return pooled;
    }

    /** The expected calibration error: the mean distance between value and share of right ones, each part by its responses. */
    public static double expectedError(List<Bin> bins) {
        double sum = 0;
        long responses = 0;
        for (Bin bin : bins) {
            sum += bin.responses * Math.abs(bin.meanValue - bin.right);
            responses += bin.responses;
        }
        return responses == 0 ? 0 : sum / responses;
    }
}
