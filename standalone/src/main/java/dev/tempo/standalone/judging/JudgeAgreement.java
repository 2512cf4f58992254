package dev.tempo.standalone.judging;

import dev.tempo.plugin.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The agreement of two judges' outcomes on the same responses. Not thread-safe. */
public final class JudgeAgreement {
    private static final Outcome[] OUTCOMES = {Outcome.CORRECT, Outcome.WRONG, Outcome.UNDECIDED};

    private final int[][] table = new int[OUTCOMES.length][OUTCOMES.length];

    public void add(Outcome first, Outcome second) {
        table[indexOf(first)][indexOf(second)]++;
    }

    public int count(Outcome first, Outcome second) {
        return table[indexOf(first)][indexOf(second)];
    }

    public int cases() {
        return Arrays.stream(table).flatMapToInt(Arrays::stream).sum();
    }

    /** Share of the responses on which both found the same, 0 to 1; NaN of none. */
    public double share() {
        return observed() / cases();
    }

    /**
     * Cohen's kappa, (p_o - p_e) / (1 - p_e) over the three outcomes: 1 is agreement throughout, 0 what chance gives. NaN
     * where it is not defined: of no responses, or when both judges always find the same one thing.
     */
    public double kappa() {
        double cases = cases();
        double chance = 0;
        for (int outcome = 0; outcome < OUTCOMES.length; outcome++) {
            double first = 0;
            double second = 0;
            for (int other = 0; other < OUTCOMES.length; other++) {
                first += table[outcome][other];
                second += table[other][outcome];
            }
            chance += first / cases * (second / cases);
        }
        return (observed() / cases - chance) / (1 - chance);
    }

    /** The counts by outcome of the first judge, then of the second. */
    public Map<String, Map<String, Integer>> table() {
        Map<String, Map<String, Integer>> rows = new LinkedHashMap<>();
        for (Outcome first : OUTCOMES) {
            Map<String, Integer> row = new LinkedHashMap<>();
            for (Outcome second : OUTCOMES) {
                row.put(word(second), count(first, second));
            }
            rows.put(word(first), row);
        }
        return rows;
    }

    public static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private double observed() {
        double same = 0;
        for (int outcome = 0; outcome < OUTCOMES.length; outcome++) {
            same += table[outcome][outcome];
        }
        return same;
    }

    private static int indexOf(Outcome outcome) {
        return Arrays.asList(OUTCOMES).indexOf(outcome);
    }
}
