package dev.tempo.eval.reproduction;

import java.util.List;

/** The figures of one ablation, over all its seeds. */
final class AblationFigures {
    private final Ablation ablation;
    private final SeedGroup group;
    private final RoundCharts charts;

    AblationFigures(Ablation ablation, SeedGroup group) {
        this.ablation = ablation;
        this.group = group;
        charts = new RoundCharts(group, group.end(), ablation::words, this::colour);
    }

    /** TEMPO has its colour everywhere. */
    private int colour(String method) {
        List<String> others = ablation.methods().stream()
                .filter(other -> !other.equals(Method.TEMPO))
                .toList();
        return method.equals(Method.TEMPO) ? Method.colour(method) : 1 + others.indexOf(method);
    }

    Part.Figures all() {
        List<String> methods =
                ablation.methods().stream().filter(group.methods()::contains).toList();
        String set = group.testTime().set();
        ScoreKind widest = group.widest();
        int samples = group.testTime().samples();
        return new Part.Figures(List.of(
                figure(
                        "accuracy",
                        charts.chart(
                                "Accuracy without labels (" + ScoreKind.AVERAGE.words(samples) + ")",
                                true,
                                methods,
                                RoundCharts.score(set, ScoreKind.AVERAGE)),
                        "Mean of the seeds; bands go from the lowest to the highest."),
                figure(
                        "diversity",
                        charts.chart(
                                "Diversity (" + widest.words(samples) + ")",
                                true,
                                methods,
                                RoundCharts.score(set, widest)),
                        "The share of questions of which at least one sample is right."),
                figure(
                        "auc",
                        charts.chart("Does the critic rank right above wrong? (AUC)", true, methods, RoundCharts.auc()),
                        "On responses to the questions without labels; 0.5 is a guess, 1 is always."),
                figure(
                        "posterior-gap",
                        charts.chart(
                                "How much of its value is on wrong responses? (posterior gap)",
                                false,
                                methods,
                                RoundCharts.posteriorGap()),
                        SuiteFigures.POSTERIOR_GAP),
                figure(
                        "claims",
                        charts.chart(
                                "Wrong answers that claim to be right",
                                true,
                                methods,
                                RoundCharts.counts(set, counts -> SuiteFigures.number(counts.wrongClaimingCorrect()))),
                        "Of the wrong responses, the share that says of itself that its check came out.")));
    }

    private Part.Figure figure(String name, FigureChart chart, String caption) {
        return new Part.Figure(
                ablation.name() + "-" + name, chart, caption + group.fewer(ablation.methods(), ablation::words));
    }
}
