package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import org.junit.jupiter.api.Test;

class ShadowQuestionTest {
    private static final Stage STAGE = StageBuilder.testTime("use").rounds(5).build();
    private static final Recipe SHADOWING =
            RecipeBuilder.recipe(STAGE).shadowing().build();

    @Test
    void anIdSaysWhichVersionIsAskedAndWhatHasArrived() {
        ShadowQuestion question = new ShadowQuestion(30, "kiosk.chat-0f");
        assertThat(question.id()).isEqualTo("shadow/v30/kiosk.chat-0f");
        assertThat(ShadowQuestion.of(question.id())).contains(question);
        assertThat(ShadowQuestion.of("promotion/v30/q1")).isEmpty();
        assertThat(ShadowQuestion.of("shadow/v30/")).isEmpty();
        assertThat(ShadowQuestion.of("shadow/v30/../q1")).isEmpty();
        assertThat(ShadowQuestion.of("shadow/v9999999999/q1")).isEmpty();
    }

    @Test
    void oneResponseIsAskedForInAnyRoundOfARecipeThatSaysSo() {
        RequestId asked = request(Purpose.EVALUATION, 5);
        assertThat(AskedTrajectories.samples(SHADOWING, asked)).isOne();
        assertThat(AskedTrajectories.refusal(SHADOWING, asked.sample(0))).isNull();
        assertThat(AskedTrajectories.refusal(SHADOWING, asked.sample(1))).contains("none of the 1");
        assertThat(AskedTrajectories.refusal(
                        SHADOWING, request(Purpose.EVALUATION, 6).sample(0)))
                .contains("none of 0..5");
    }

    @Test
    void aRecipeThatDoesNotSaySoAsksForNone() {
        Recipe without = RecipeBuilder.recipe(STAGE).build();
        assertThat(ShadowQuestion.isAsked(without, request(Purpose.EVALUATION, 0)))
                .isFalse();
        assertThat(AskedTrajectories.refusal(
                        without, request(Purpose.EVALUATION, 0).sample(0)))
                .startsWith("there is no set 'shadow'");
    }

    @Test
    void whatIsLearnedFromIsNeverShadowTrafficWhateverItsIdSays() {
        assertThat(ShadowQuestion.isAsked(SHADOWING, request(Purpose.UNLABELED, 0)))
                .isFalse();
        assertThat(ShadowQuestion.isAsked(SHADOWING, request(Purpose.LABELED, 0)))
                .isFalse();
    }

    private static RequestId request(Purpose purpose, int round) {
        return new RequestId("run", round, purpose, 0, new ShadowQuestion(3, "chat-0f").id());
    }
}
