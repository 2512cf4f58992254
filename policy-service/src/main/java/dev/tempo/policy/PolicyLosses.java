package dev.tempo.policy;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.model.Sequence;
import dev.tempo.model.training.PolicyLossSettings;
import java.util.ArrayList;
import java.util.List;

/** A recipe's policy settings as the trainer takes them. */
final class PolicyLosses {
    private PolicyLosses() {}

    static PolicyLossSettings of(PolicyTraining settings) {
        Aggregation aggregation = settings.aggregation() == Aggregation.SEQ_MEAN_TOKEN_SUM
                ? Aggregation.TOKEN_MEAN // of the advantages that scaled() returns
                : settings.aggregation();
        return new PolicyLossSettings(
                settings.loss(), settings.clipLow(), settings.clipHigh(), aggregation, settings.rehearsal());
    }

    /**
     * The advantages whose token mean is the recipe's aggregation. The surrogate is proportional to A, so the mean over
     * responses of their token sums (Eq. 12) is the token mean of A times tokens per response.
     */
    static List<float[]> scaled(List<float[]> advantages, List<Sequence> sequences, PolicyTraining settings) {
        if (settings.aggregation() != Aggregation.SEQ_MEAN_TOKEN_SUM) {
            return advantages;
        }
        float factor =
                (float) sequences.stream().mapToInt(Sequence::policyTokens).sum() / sequences.size();
        List<float[]> scaled = new ArrayList<>();
        for (float[] row : advantages) {
            float[] times = row.clone();
            for (int token = 0; token < times.length; token++) {
                times[token] *= factor;
            }
            scaled.add(times);
        }
        return scaled;
    }
}
