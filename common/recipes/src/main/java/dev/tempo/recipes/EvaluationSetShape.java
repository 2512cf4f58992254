package dev.tempo.recipes;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.FlagShape;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;
import dev.tempo.recipes.shape.WholeShape;

/** The shape of each section in {@code evaluation.sets}. */
final class EvaluationSetShape extends SectionShape<EvaluationSet> {
    private final Field<EvaluationSet, String> file = field("file", new PathShape(), EvaluationSet::file)
            .means("The file or directory; `{seed}` in it stands for the seed.");
    private final Field<EvaluationSet, String> id = field("id", TextShape.WORD, EvaluationSet::id)
            .optional("rows are numbered")
            .means("Column of a unique id.");
    private final Field<EvaluationSet, String> question = field("question", TextShape.WORD, EvaluationSet::question)
            .otherwise("question")
            .means("Column of the question.");
    private final Field<EvaluationSet, String> answer = field("answer", TextShape.WORD, EvaluationSet::answer)
            .otherwise("answer")
            .means("Column of the reference answer.");
    private final Field<EvaluationSet, String> domain = field("domain", TextShape.WORD, EvaluationSet::domain)
            .optional("every row is `default`")
            .means("Column of the domain, which says whose chain of `judges` a row goes to.");
    private final Field<EvaluationSet, Boolean> isTestTimeSet = field(
                    "isTestTimeSet", new FlagShape(), EvaluationSet::isTestTimeSet)
            .otherwise(false)
            .means(
                    "Whether the set holds the very questions of `data.unlabeled`, as in the paper. Any other question that"
                            + " is in a training file is refused.");
    private final Field<EvaluationSet, Integer> samples = field(
                    "samples", WholeShape.atLeast(1), EvaluationSet::samples)
            .optional("`evaluation.samples`")
            .in("responses")
            .means("How many are sampled per question of this set, at most 10,000: the k of its avg@k.");

    EvaluationSetShape() {
        super("A benchmark, in the formats of `data`.");
    }

    @Override
    protected EvaluationSet build(Section s) {
        return new EvaluationSet(
                s.get(file),
                s.find(id),
                s.get(question),
                s.get(answer),
                s.find(domain),
                s.get(isTestTimeSet),
                s.find(samples));
    }
}
