package dev.tempo.recipes;

import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.NameShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.WholeOrWordShape;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordOrShape;
import dev.tempo.recipes.shape.WordShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shape of an item of {@code stages}. */
final class StageShape extends SectionShape<Stage> {
    private final Field<Stage, String> name = field("name", new NameShape(), Stage::name)
            .means("What the stage is called, unlike the others'; a recipe that extends this one changes the stage by"
                    + " its name.");
    private final Field<Stage, Integer> rounds = field(
                    "rounds", new WholeOrWordShape(WholeShape.atLeast(1), "unbounded", Stage.UNBOUNDED), Stage::rounds)
            .in("rounds")
            .means("How many rounds the stage has. Each draws questions, samples responses and trains once on them."
                    + " The last stage may be `unbounded`: it goes on until `./tempo finish`.");
    private final Field<Stage, QuestionSource> questionsFrom =
            field("questionsFrom", QuestionSources.ALL, Stage::questionsFrom).means("Which questions the stage draws.");
    private final Field<Stage, Integer> questions = field("questions", WholeShape.atLeast(1), Stage::questions)
            .in("questions")
            .means("How many are drawn per round.");
    private final Field<Stage, Integer> samples = field("samples", WholeShape.atLeast(1), Stage::samples)
            .in("responses")
            .means("How many are sampled per question, at most 10,000.");
    private final Field<Stage, RewardSource> reward = field(
                    "reward", WordShape.of(RewardSource.class, StageShape::meaning), Stage::reward)
            .means("Where the reward comes from.");
    private final Field<Stage, Integer> lastValues = field("lastValues", WholeShape.atLeast(1), Stage::lastValues)
            .optional("1; for reward `critic` alone")
            .in("values")
            .means("Of how many of the critic's last values the reward is the least.");
    private final Field<Stage, Integer> criticWarmUp = field("criticWarmUp", WholeShape.atLeast(0), Stage::criticWarmUp)
            .otherwise(0)
            .in("batches")
            .means("How many the critic is fitted to before the first round; only in the first stage, where it is"
                    + " new.");
    private final Field<Stage, Optional<RecalibrationSettings>> recalibration = field(
                    "recalibration",
                    new WordOrShape<>(neverAndNone(), new RecalibrationShape(), StageShape::word),
                    StageShape::recalibration)
            .optional("`none`; stages of reward `critic` need it")
            .means("The E-step of a stage whose reward is the critic; `never` freezes the critic, `none` is for other"
                    + " rewards.");
    private final Field<Stage, AdvantageShape.Written> advantage = field(
                    "advantage", new AdvantageShape(), stage -> AdvantageShape.Written.of(stage.advantage()))
            .optional("as its fields say")
            .means("How rewards and values become advantages.");
    private final Field<Stage, PolicyTraining> policy =
            field("policy", new PolicyShape(), Stage::policy).means("How the policy is trained: the M-step.");
    private final Field<Stage, CriticTraining> critic =
            field("critic", new CriticShape(), Stage::critic).means("How the critic is fitted: the E-step.");

    StageShape() {
        super("A part of a run with one reward. Each begins with fresh optimizers.");
    }

    private static String meaning(RewardSource reward) {
        return switch (reward) {
            case VERDICT -> "1 for a response that the judges call correct, else 0; for labeled questions";
            case CRITIC -> "the critic's value at the end of the response: TEMPO";
            case MAJORITY_VOTE -> "1 where the answer is the one that most of the question's samples have: TTRL";
            case CLUSTER_SHARE -> "the share of the question's samples that have an equal answer: EMPO";
            case SELECTIVE_VOTE ->
                "the share of the answer that clearly most of the question's samples have, less than 0 for rare and"
                        + " uncertain answers: SCRL";
            case MEAN_LOG_PROBABILITY -> "the mean log-probability of the tokens that the policy wrote: EM-RL-sequence";
            case GUARDED_VOTE ->
                "the advantage of having the answer that most of the question's samples have, weighted by how that"
                        + " answer changed over the rounds: TTRL-Guard";
        };
    }

    private static Map<String, Optional<RecalibrationSettings>> neverAndNone() {
        Map<String, Optional<RecalibrationSettings>> words = new LinkedHashMap<>();
        words.put("never", Optional.of(RecalibrationShape.NEVER));
        words.put("none", Optional.empty());
        return words;
    }

    private static @Nullable String word(RecalibrationSettings recalibration) {
        return recalibration.equals(RecalibrationShape.NEVER) ? "never" : null;
    }

    private static @Nullable Optional<RecalibrationSettings> recalibration(Stage stage) {
        return stage.recalibration() == null ? null : Optional.of(stage.recalibration());
    }

    @Override
    protected Stage build(Section s) {
        RewardSource source = s.get(reward);
        RecalibrationSettings eStep = s.wordOrSection(recalibration);
        if (source != RewardSource.CRITIC && RecalibrationShape.NEVER.equals(eStep)) {
            throw new IllegalArgumentException(
                    "recalibration: 'never' freezes the critic of reward 'critic'; write 'none' here");
        }
        AdvantageShape.Written own = s.find(advantage);
        AdvantageSettings settings = (own == null ? AdvantageShape.Written.NOTHING : own).settings(source);
        return new Stage(
                s.get(name),
                s.get(rounds),
                s.get(questionsFrom),
                s.get(questions),
                s.get(samples),
                source,
                s.get(criticWarmUp),
                eStep,
                settings,
                s.get(policy),
                s.get(critic),
                s.find(lastValues));
    }
}
