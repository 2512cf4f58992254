package dev.tempo.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.learning.LearningSettings;
import dev.tempo.standalone.launch.Ports;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LearnOptionsTest {
    private static final ServingSettings SETTINGS =
            ServingSettings.onLoopback(0, new GenerationLimits(1, 1), WeightType.FLOAT32);
    private static final Ports PORTS = new Ports(9100);

    private static LearnOptions options(String... arguments) {
        return CommandLine.populateCommand(new LearnOptions(), arguments);
    }

    private static RecipeBuilder recipe() {
        return RecipeBuilder.recipe(StageBuilder.testTime("only").rounds(2).build());
    }

    @Test
    void nothingLearnsUnlessItIsSaid() {
        assertThat(options().added(SETTINGS, PORTS).learning()).isNull();
        assertThatCode(() -> options().refuseUnlessAwaited(recipe().build())).doesNotThrowAnyException();
    }

    @Test
    void questionsGoToThePolicyServiceOfTheSameLauncher() {
        LearningSettings learning = Objects.requireNonNull(options("--learn", "0.25", "--learn-domain=sums")
                .added(SETTINGS, PORTS)
                .learning());
        assertThat(learning.share()).isEqualTo(.25);
        assertThat(learning.questions()).hasToString("http://127.0.0.1:9103/v1/questions");
        assertThat(learning.domain()).isEqualTo("sums");
    }

    @Test
    void whereNothingCouldLearnThatIsSaid() {
        LearnOptions asked = options("--learn=1");
        assertThatThrownBy(() -> asked.refuseUnlessAwaited(recipe().build()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("awaits no questions; it needs data.unlabeled.arriving");
        assertThatCode(() -> asked.refuseUnlessAwaited(
                        recipe().arriving(ArrivalSettings.USUAL).build()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> options("--learn=2").added(SETTINGS, PORTS)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> options("--learn-domain=sums").added(SETTINGS, PORTS))
                .hasMessageContaining("--learn-domain needs --learn SHARE");
    }
}
