package dev.tempo.recipes;

import dev.tempo.contract.Check;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.recipes.shape.ExpressionShape;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.ListShape;
import dev.tempo.recipes.shape.NamedShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;
import dev.tempo.recipes.shape.WholeShape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of section {@code evaluation}. */
final class EvaluationShape extends SectionShape<Evaluation> {
    private final Field<Evaluation, Integer> every = field("every", WholeShape.atLeast(1), Evaluation::every)
            .otherwise(10)
            .in("rounds")
            .means(
                    "How many from one measurement to the next, counted within a stage; the last version is always measured.");
    private final Field<Evaluation, Integer> samples = field("samples", WholeShape.atLeast(1), Evaluation::samples)
            .otherwise(16)
            .in("responses")
            .means(
                    "How many are sampled per question, at most 10,000: the k of avg@k, of sets that do not say their own.");
    private final Field<Evaluation, List<Integer>> passAt = field(
                    "passAt", new ListShape<>(WholeShape.atLeast(1), 0, null), Evaluation::passAt)
            .optional("`samples` alone")
            .means("The k of pass@k, each at most `samples`.");
    private final Field<Evaluation, String> criticQualityOn = field(
                    "criticQualityOn", TextShape.WORD, Evaluation::criticQualityOn)
            .optional("not measured")
            .means("The set on whose responses the critic is measured (AUC, Brier score).");
    private final Field<Evaluation, String> format = field("format", new ExpressionShape(), Evaluation::format)
            .optional("no form is looked at")
            .means(
                    "A regular expression of a whole response that keeps its form. The share of those that do is measured; it falls before"
                            + " accuracy does when a policy learns to please its critic.");
    private final Field<Evaluation, Map<String, EvaluationSet>> sets = field(
                    "sets", new NamedShape<>(new EvaluationSetShape(), "name", Check.NAME), Evaluation::sets)
            .optional("nothing is measured")
            .means("The benchmarks, by a name for each.");

    EvaluationShape() {
        super("When and on what policy versions are measured.");
    }

    @Override
    protected Evaluation build(Section s) {
        return new Evaluation(
                s.get(every),
                s.get(samples),
                orElse(s.find(passAt), List.of(s.get(samples))),
                orElse(s.find(sets), Map.of()),
                s.find(criticQualityOn),
                s.find(format));
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
