package dev.tempo.recipes;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;
import dev.tempo.recipes.shape.WholeShape;
import org.jspecify.annotations.Nullable;

/** The shape of section {@code promotion}. */
final class PromotionShape extends SectionShape<PromotionSettings> {
    private final Field<PromotionSettings, String> file = field(
                    "file", new PathShape(), promotion -> promotion.set().file())
            .means("The file or directory of labeled questions, in the formats of `data`; `{seed}` in it stands for"
                    + " the seed. None of them may be in another file of the recipe.");
    private final Field<PromotionSettings, String> id = field(
                    "id", TextShape.WORD, promotion -> promotion.set().id())
            .optional("rows are numbered")
            .means("Column of a unique id.");
    private final Field<PromotionSettings, String> question = field(
                    "question", TextShape.WORD, promotion -> promotion.set().question())
            .otherwise("question")
            .means("Column of the question.");
    private final Field<PromotionSettings, String> answer = field(
                    "answer", TextShape.WORD, promotion -> promotion.set().answer())
            .otherwise("answer")
            .means("Column of the reference answer.");
    private final Field<PromotionSettings, String> domain = field(
                    "domain", TextShape.WORD, promotion -> promotion.set().domain())
            .optional("every row is `default`")
            .means("Column of the domain, which says whose chain of `judges` a row goes to.");
    private final Field<PromotionSettings, Integer> every = field(
                    "every", WholeShape.atLeast(1), PromotionSettings::every)
            .otherwise(1)
            .in("rounds")
            .means("How many from one trial to the next, counted within a stage; the last version is always tried.");
    private final Field<PromotionSettings, Integer> samples = field(
                    "samples", WholeShape.atLeast(1), PromotionSettings::samples)
            .otherwise(8)
            .in("responses")
            .means("How many are sampled per question, at most 10,000: the k of avg@k.");
    private final Field<PromotionSettings, Integer> step = field("step", WholeShape.atLeast(1), PromotionSettings::step)
            .otherwise(25)
            .in("questions")
            .means("How many are asked before the evidence is looked at; a trial ends as soon as it is decided.");
    private final Field<PromotionSettings, Integer> passAt = field(
                    "passAt", WholeShape.atLeast(1), PromotionSettings::passAt)
            .optional("`samples`")
            .means("The k of the pass@k that is compared.");
    private final Field<PromotionSettings, Double> confidence = field(
                    "confidence", new NumberShape(NumberRange.SHARE), PromotionSettings::confidence)
            .otherwise(0.95)
            .means("How sure each comparison must be, between 0.5 and 1.");
    private final Field<PromotionSettings, Double> margin = field(
                    "margin", new NumberShape(NumberRange.SHARE), PromotionSettings::margin)
            .otherwise(0.05)
            .means("By how much avg@k may be less than the promoted version's.");
    private final Field<PromotionSettings, Double> passMargin = field(
                    "passMargin", new NumberShape(NumberRange.SHARE), PromotionSettings::passMargin)
            .otherwise(0.1)
            .means("By how much pass@k may be less.");
    private final Field<PromotionSettings, Double> malformedMargin = field(
                    "malformedMargin", new NumberShape(NumberRange.SHARE), PromotionSettings::malformedMargin)
            .otherwise(0.1)
            .means("By how much the share of responses without an answer may be more.");
    private final Field<PromotionSettings, Double> lengthMargin = field(
                    "lengthMargin", new NumberShape(NumberRange.SHARE), PromotionSettings::lengthMargin)
            .otherwise(0.2)
            .means("By how much responses may be longer, as a share of `generation.maxNewTokens`.");

    private final Field<PromotionSettings, Double> shadow = field(
                    "shadow", new NumberShape(NumberRange.FRACTION), PromotionSettings::shadowShare)
            .otherwise(0.0)
            .means("The share of served chats, of those that are taken to be learned from, whose questions the"
                    + " candidate and the promoted version are asked as well, to compare what the critic makes of"
                    + " both responses. It decides nothing, and needs `data.unlabeled.arriving`.");

    private final Field<PromotionSettings, Integer> goBackAfter = field(
                    "goBackAfter", WholeShape.atLeast(1), PromotionSettings::goBackAfter)
            .optional("training never goes back")
            .in("trials")
            .means("After so many that found a version worse, with none between them that promoted one, training goes"
                    + " back to the version that a trial promoted last, with its optimizer, under the next number."
                    + " Training waits for each trial then, and no stage comes from the cache.");

    PromotionShape() {
        super("On what, and how surely, a version must be not worse than the promoted one before it takes its place."
                + " docs/learning-from-use.md says how that is decided.");
    }

    @Override
    protected PromotionSettings build(Section s) {
        int asked = s.get(samples);
        EvaluationSet set = new EvaluationSet(
                s.get(file), s.find(id), s.get(question), s.get(answer), s.find(domain), false, asked);
        return new PromotionSettings(
                set,
                s.get(every),
                s.get(step),
                orElse(s.find(passAt), asked),
                s.get(confidence),
                s.get(margin),
                s.get(passMargin),
                s.get(malformedMargin),
                s.get(lengthMargin),
                s.get(shadow) == 0 ? null : s.get(shadow),
                s.find(goBackAfter));
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
