package dev.tempo.contract.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.fixtures.StageBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    private final Recipe recipe = twoStages();

    @Test
    void versionsCountOnThroughTheStages() {
        assertThat(recipe.rounds()).isEqualTo(130);
        assertThat(recipe.stageOf(0).name()).isEqualTo("stage1");
        assertThat(recipe.stageOf(29).name()).isEqualTo("stage1");
        assertThat(recipe.stageOf(30).name()).isEqualTo("test-time");
        assertThat(recipe.stageOf(130).name()).isEqualTo("test-time");
        assertThat(recipe.firstRoundOf(recipe.stages().get(1))).isEqualTo(30);
    }

    @Test
    void aStagesFirstVersionEveryTenthAfterItAndTheLastAreMeasured() {
        assertThat(recipe.evaluates(0)).isTrue();
        assertThat(recipe.evaluates(10)).isTrue();
        assertThat(recipe.evaluates(15)).isFalse();
        assertThat(recipe.evaluates(30)).isTrue();
        assertThat(recipe.evaluates(125)).isFalse();
        assertThat(recipe.evaluates(130)).isTrue();
    }

    @Test
    void verdictsAreForLabeledQuestionsOnly() {
        assertThatThrownBy(() -> testTime(1, RewardSource.VERDICT))
                .hasMessageContaining("verdicts need labeled questions");
    }

    @Test
    void votesHaveNoValuesForABaseline() {
        assertThatThrownBy(() -> StageBuilder.voting("x", RewardSource.MAJORITY_VOTE)
                        .advantage(Baseline.BEFORE, true)
                        .build())
                .hasMessageContaining("votes have no critic values");
    }

    @Test
    void guardedVotesAreAdvantagesAlready() {
        StageBuilder guarded = StageBuilder.voting("x", RewardSource.GUARDED_VOTE);

        assertThatThrownBy(() -> guarded.advantage(Baseline.GROUP, false).build())
                .hasMessageContaining("advantages within the group already");
        assertThat(guarded.advantage(Baseline.NONE, false).build().votes()).isTrue();
    }

    @Test
    void onlyACriticHasLastValues() {
        assertThatThrownBy(() -> StageBuilder.supervised("x").leastOfLast(2).build())
                .hasMessageContaining("belongs to reward 'critic'");
        assertThatThrownBy(() -> StageBuilder.testTime("x").leastOfLast(0).build())
                .hasMessageContaining("lastValues");
        assertThat(StageBuilder.testTime("x").leastOfLast(2).build().valuesOfReward())
                .isEqualTo(2);
        assertThat(StageBuilder.testTime("x").build().valuesOfReward()).isEqualTo(1);
    }

    @Test
    void theMStepIsNotHeldWhereTheEStepIsGoodEnough() {
        assertThat(new RepeatSettings(.1, 1, .1).holdAbove()).isEqualTo(.1);
        assertThatThrownBy(() -> new RepeatSettings(.1, 1, .05))
                .hasMessageContaining("holdAbove: must be at least untilBrier, 0.1, and at most 1 but is 0.05");
    }

    @Test
    void onlyTheFirstStageCanWarmItsCriticUp() {
        Stage late = StageBuilder.supervised("late").warmUp(5).build();

        assertThatThrownBy(() -> recipe(List.of(supervised("stage1", 1), late))).hasMessageContaining("'late'");
    }

    @Test
    void labeledStagesNeedTheirFile() {
        assertThatThrownBy(() -> new Recipe(
                        "r",
                        0,
                        "m",
                        null,
                        new Data(null, null, null),
                        EVALUATION,
                        GENERATION,
                        Map.of(),
                        List.of(supervised("s", 1))))
                .hasMessageContaining("data.labeled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my run", "a/b", "../../evil", ".hidden", "-x", "größe", "tab\t", "two\nlines"})
    void namesThatNoDirectoryShouldHaveAreRefusedOfRecipesStagesAndSets(String name) {
        EvaluationSet set = new EvaluationSet("f", null, "question", "answer", null, false);

        assertThatThrownBy(() -> recipe(name, EVALUATION, List.of(supervised("s", 1))))
                .hasMessageStartingWith("name may hold")
                .hasMessageContaining("'" + name + "'");
        assertThatThrownBy(() -> supervised(name, 1)).hasMessageStartingWith("name may hold");
        assertThatThrownBy(() -> new Evaluation(1, 1, List.of(), Map.of(name, set), null))
                .hasMessageStartingWith("sets: the name of a set may hold");
    }

    @Test
    void numbersThatNoRunComesToAreRefused() {
        assertThatThrownBy(() -> recipe(List.of(supervised("a", 900_000), supervised("b", 200_000))))
                .hasMessageContaining("more than 1000000 rounds");
        StageBuilder wide = StageBuilder.supervised("wide").questions(1, 10_001);
        assertThatThrownBy(wide::build).hasMessage("samples must be at most 10000 but is 10001");
        StageBuilder large = StageBuilder.supervised("large").questions(65_536, 1_000);
        assertThatThrownBy(large::build)
                .hasMessage("questions: 65536 with 1000 samples of each are more than 10000000 trajectories");
    }

    @Test
    void aRecipesVersionsAreTheBaseAndOneForEachRound() {
        assertThat(recipe.hasVersion(0)).isTrue();
        assertThat(recipe.hasVersion(130)).isTrue();
        assertThat(recipe.hasVersion(131)).isFalse();
        assertThat(recipe.hasVersion(-1)).isFalse();
    }

    @Test
    void aNameTooLongForADirectoryIsRefused() {
        assertThatThrownBy(() -> supervised("n".repeat(101), 1)).hasMessageContaining("up to 100 letters");
        assertThat(supervised("n".repeat(100), 1).name()).hasSize(100);
    }

    @Test
    void peopleSeeTestTimeSetsFirstThenThatOfTheCriticThenTheOthersByName() {
        EvaluationSet benchmark = new EvaluationSet("f", null, "question", "answer", null, false);
        EvaluationSet testTime = new EvaluationSet("f", null, "question", "answer", null, true);

        assertThat(new Evaluation(
                                1,
                                1,
                                List.of(),
                                Map.of("a", benchmark, "b", benchmark, "y", benchmark, "z", testTime),
                                "y")
                        .setsInOrder())
                .containsExactly("z", "y", "a", "b");
    }

    @Test
    void withoutStagesTheModelIsMeasuredAsItIs() {
        Recipe alone = recipe(List.of());

        assertThat(alone.trains()).isFalse();
        assertThat(alone.rounds()).isZero();
        assertThat(alone.hasVersion(0)).isTrue();
        assertThat(alone.hasVersion(1)).isFalse();
        assertThat(alone.evaluates(0)).isTrue();
        assertThat(alone.evaluates(1)).isFalse();
        assertThat(alone.stageNameOf(0)).isEqualTo("evaluation");
        assertThat(twoStages().trains()).isTrue();
        assertThat(twoStages().stageNameOf(30))
                .isEqualTo(twoStages().stages().get(1).name());
        assertThatThrownBy(() -> alone.stageOf(0)).hasMessageContaining("recipe r has no stages");
        assertThatThrownBy(() -> recipe("r", new Evaluation(10, 1, List.of(), Map.of(), null), List.of()))
                .hasMessageContaining("a stage, or a set in evaluation.sets");
    }

    private static final Evaluation EVALUATION = new Evaluation(
            10, 16, List.of(8, 16), Map.of("t", new EvaluationSet("f", null, "question", "answer", null, false)), null);
    private static final Generation GENERATION = new Generation(1, 22, null);

    /** 30 supervised rounds, then 100 rewarded by the critic. */
    static Recipe twoStages() {
        return recipe(List.of(supervised("stage1", 30), testTime(100, RewardSource.CRITIC)));
    }

    private static Recipe recipe(List<Stage> stages) {
        return recipe("r", EVALUATION, stages);
    }

    private static Recipe recipe(String name, Evaluation evaluation, List<Stage> stages) {
        Data data = new Data(
                new LabeledFile("l", null, "question", "answer", null, null),
                new UnlabeledFile("u", null, "question", null),
                null);
        return new Recipe(name, 0, "m", null, data, evaluation, GENERATION, Map.of("default", List.of("j")), stages);
    }

    private static Stage supervised(String name, int rounds) {
        return StageBuilder.supervised(name)
                .from(QuestionSource.LABELED_TRAIN)
                .rounds(rounds)
                .build();
    }

    private static Stage testTime(int rounds, RewardSource reward) {
        return (reward == RewardSource.CRITIC
                        ? StageBuilder.testTime("test-time")
                        : StageBuilder.voting("test-time", reward))
                .rounds(rounds)
                .build();
    }
}
