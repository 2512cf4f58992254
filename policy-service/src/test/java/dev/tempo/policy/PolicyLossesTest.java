package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.model.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyLossesTest {
    private final List<Sequence> sequences =
            List.of(Sequence.of(new int[] {1}, new int[] {2, 3, 4}), Sequence.of(new int[] {1}, new int[] {2}));
    private final List<float[]> advantages = List.of(new float[] {1, 2, 3}, new float[] {4});

    @Test
    void theMeanOfResponseSumsIsTheTokenMeanOfScaledAdvantages() {
        var settings = Recipes.policy(0, false, Aggregation.SEQ_MEAN_TOKEN_SUM);
        List<float[]> scaled = PolicyLosses.scaled(advantages, sequences, settings);
        double tokenMean = (scaled.get(0)[0] + scaled.get(0)[1] + scaled.get(0)[2] + scaled.get(1)[0]) / 4.0;
        assertThat(tokenMean).isEqualTo(((1 + 2 + 3) + 4) / 2.0);
        assertThat(PolicyLosses.of(settings).aggregation()).isEqualTo(Aggregation.TOKEN_MEAN);
    }

    @Test
    void otherAggregationsLeaveAdvantagesAlone() {
        var settings = Recipes.policy(0, false, Aggregation.SEQ_MEAN_TOKEN_MEAN);
        assertThat(PolicyLosses.scaled(advantages, sequences, settings)).isSameAs(advantages);
        assertThat(PolicyLosses.of(settings).aggregation()).isEqualTo(Aggregation.SEQ_MEAN_TOKEN_MEAN);
    }
}
