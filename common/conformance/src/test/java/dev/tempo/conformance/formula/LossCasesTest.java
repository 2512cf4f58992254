package dev.tempo.conformance.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.Aggregation;
import org.junit.jupiter.api.Test;

class LossCasesTest {

    @Test
    void aggregationsAreNamedAsInRecipes() {
        for (Aggregation aggregation : Aggregation.values()) {
            assertThat(LossCases.named(LossCases.name(aggregation))).isEqualTo(aggregation);
        }
        assertThat(LossCases.named("seq-mean-token-sum")).isEqualTo(Aggregation.SEQ_MEAN_TOKEN_SUM);
        assertThatThrownBy(() -> LossCases.named("mean")).hasMessageContaining("but was mean");
    }
}
