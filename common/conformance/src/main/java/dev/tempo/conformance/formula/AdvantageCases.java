package dev.tempo.conformance.formula;

import dev.tempo.algorithm.Advantages;
import dev.tempo.algorithm.GeneralisedAdvantage;
import dev.tempo.algorithm.MaskedStatistics;
import dev.tempo.algorithm.ReleasedAdvantages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The fixture cases of advantages of every kind, and of the group filter. */
final class AdvantageCases {
    /** The tolerance for a group of one, to whose deviation of 1 the reference adds epsilon in float32. */
    private static final double GROUP_OF_ONE = 1e-7;

    private AdvantageCases() {}

    static void generalised(FixtureCase one) {
        boolean[][] mask = one.mask();
        GeneralisedAdvantage estimate = GeneralisedAdvantage.of(
                one.matrix("token_rewards"), one.matrix("values"), mask, one.number("gamma"), one.number("lam"));
        double[][] raw = estimate.advantages();
        one.expect("advantages_raw", () -> raw);
        one.expect("returns", estimate::returns);
        one.expect(
                "advantages_whitened",
                StatisticsCases.whiteningTolerance(raw, mask),
                () -> MaskedStatistics.whiten(raw, mask));
    }

    static void groupNormalised(FixtureCase one) {
        List<?> groups = one.list("group");
        boolean[][] mask = one.mask();
        double epsilon = one.has("epsilon") ? one.number("epsilon") : 1e-6;
        boolean byDeviation = !one.has("normalise_by_std") || one.flag("normalise_by_std");
        double[] perResponse = Advantages.groupNormalised(one.vector("scores"), groups, byDeviation, epsilon);
        double[][] perToken = new double[mask.length][];
        for (int i = 0; i < mask.length; i++) {
            perToken[i] = new double[mask[i].length];
            for (int t = 0; t < mask[i].length; t++) {
                perToken[i][t] = mask[i][t] ? perResponse[i] : 0;
            }
        }
        boolean oneAlone = groups.stream().anyMatch(group -> Collections.frequency(groups, group) == 1);
        double tolerance = oneAlone ? GROUP_OF_ONE : FixtureComparison.TOLERANCE;
        one.expect("advantage_per_sequence", tolerance, () -> perResponse);
        one.expect("advantages", tolerance, () -> perToken);
    }

    static void groupFilter(FixtureCase one) {
        List<String> kept = new ArrayList<>();
        for (Object entry : one.list("groups")) {
            Map<?, ?> group = Json.object("groups", entry);
            double[] scores = Json.numbers("scores", group.get("scores"));
            if (Advantages.isKept(scores, Json.flag("is_labelled", group.get("is_labelled")))) {
                kept.add(Json.text("uid", group.get("uid")));
            }
        }
        one.expect("kept", () -> kept);
    }

    static void releasedToken(FixtureCase one) {
        if (skippedForHoles(one)) {
            return;
        }
        boolean[][] mask = one.mask();
        ReleasedAdvantages released = ReleasedAdvantages.tokenLevel(
                one.matrix("values"), one.matrix("token_rewards"), mask, one.flags("is_labelled"));
        one.expect("outcome_per_sequence", released::outcomes);
        expectReleased(one, released, mask);
    }

    static void releasedGroup(FixtureCase one) {
        if (skippedForHoles(one)) {
            return;
        }
        boolean byDeviation = !one.has("normalise_by_std") || one.flag("normalise_by_std");
        ReleasedAdvantages released = ReleasedAdvantages.groupLevel(
                one.matrix("values"),
                one.matrix("token_rewards"),
                one.mask(),
                one.flags("is_labelled"),
                one.list("group"),
                byDeviation,
                one.number("epsilon"));
        one.expect("advantages", released::advantages);
        one.expect("critic_targets", released::criticTargets);
    }

    static void releasedGeneralised(FixtureCase one) {
        if (skippedForHoles(one)) {
            return;
        }
        boolean[][] mask = one.mask();
        ReleasedAdvantages released = ReleasedAdvantages.generalised(
                one.matrix("values"),
                one.matrix("token_rewards"),
                mask,
                one.flags("is_labelled"),
                one.number("gamma"),
                one.number("lam"));
        expectReleased(one, released, mask);
    }

    private static void expectReleased(FixtureCase one, ReleasedAdvantages released, boolean[][] mask) {
        one.expect("advantages_raw", released::raw);
        one.expect(
                "advantages_whitened", StatisticsCases.whiteningTolerance(released.raw(), mask), released::advantages);
        one.expect("critic_targets", released::criticTargets);
    }

    private static boolean skippedForHoles(FixtureCase one) {
        for (boolean[] row : one.mask()) {
            for (int t = 1; t < row.length; t++) {
                if (row[t] && !row[t - 1]) {
                    one.skip("a mask with holes: the reference takes the value at index count - 1, which is not the"
                            + " last model token");
                    return true;
                }
            }
        }
        return false;
    }
}
