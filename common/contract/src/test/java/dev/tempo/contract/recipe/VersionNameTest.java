package dev.tempo.contract.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionNameTest {
    private static final Recipe RECIPE = RecipeTest.twoStages();

    @ParameterizedTest
    @CsvSource({
        "0, base (v0)",
        "1, stage1 round 1 of 30 (v1)",
        "30, stage1 round 30 of 30 (v30)",
        "31, test-time round 1 of 100 (v31)",
        "130, test-time round 100 of 100 (v130)"
    })
    void aVersionIsCalledAfterTheRoundThatMadeItAndItsNumber(int version, String name) {
        assertThat(VersionName.of(RECIPE, version)).hasToString(name);
    }

    @Test
    void whereNothingIsTrainedTheOnlyVersionIsTheModel() {
        VersionName only = VersionName.of(RECIPE.withStages(List.of()), 0);

        assertThat(only).hasToString("model");
        assertThat(only.words()).isEqualTo("model");
    }

    @Test
    void aVersionThatTheRecipeLacksHasNoName() {
        assertThatThrownBy(() -> VersionName.of(RECIPE, 131)).hasMessageContaining("no version 131, only v0 to v130");
        assertThatThrownBy(() -> VersionName.of(RECIPE, -1)).hasMessageContaining("no version -1");
    }
}
