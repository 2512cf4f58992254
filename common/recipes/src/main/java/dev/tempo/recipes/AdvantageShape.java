package dev.tempo.recipes;

import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.FlagShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.WordShape;
import org.jspecify.annotations.Nullable;

/** The shape of section {@code advantage} of a stage; the defaults depend on the stage's reward. */
final class AdvantageShape extends SectionShape<AdvantageShape.Written> {
    private final Field<Written, Baseline> baseline = field(
                    "baseline", WordShape.of(Baseline.class, AdvantageShape::meaning), Written::baseline)
            .optional("`none` for `guarded-vote`, `group` for other votes, else `before`")
            .means("What is subtracted from the reward.");
    private final Field<Written, Boolean> whitening = field("whitening", new FlagShape(), Written::whitening)
            .optional("`false` for votes, else `true`")
            .means(
                    "Whether advantages are brought to mean 0 and standard deviation 1 over the policy's tokens of a round.");

    AdvantageShape() {
        super("How rewards and values become advantages.");
    }

    /** The section as a recipe has it: null for what is left out. */
    record Written(@Nullable Baseline baseline, @Nullable Boolean whitening) {

        static final Written NOTHING = new Written(null, null);

        static Written of(AdvantageSettings settings) {
            return new Written(settings.baseline(), settings.whitening());
        }

        AdvantageSettings settings(RewardSource reward) {
            Baseline usual = reward == RewardSource.GUARDED_VOTE
                    ? Baseline.NONE
                    : reward.votes() ? Baseline.GROUP : Baseline.BEFORE;
            return new AdvantageSettings(
                    baseline == null ? usual : baseline, whitening == null ? !reward.votes() : whitening);
        }
    }

    private static String meaning(Baseline baseline) {
        return switch (baseline) {
            case BEFORE -> "the critic's value before the token, which is unbiased";
            case AFTER -> "the critic's value after the token, as the paper prints Eq. 11";
            case GROUP ->
                "the mean of the question's samples, and the difference is divided by their standard deviation"
                        + " (GRPO); needs no critic";
            case NONE -> "nothing";
        };
    }

    @Override
    protected Written build(Section s) {
        return new Written(s.find(baseline), s.find(whitening));
    }
}
