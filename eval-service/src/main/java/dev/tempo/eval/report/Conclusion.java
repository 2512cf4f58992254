package dev.tempo.eval.report;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The conclusions from the numbers of a finished run, in sentences. Each follows from numbers by a rule that stands
 * here: a score has changed where the 95 % bootstrap interval of its paired difference over the same questions leaves
 * out 0.
 */
final class Conclusion {
    /** A critic below it hardly tells right from wrong: a guess has .5. */
    private static final double POOR_AUC = .6;
    /** A fall of pass@k by more is worth a word. */
    private static final double LOSS = .05;
    /** More of the wrong answers than this claiming to be right is worth a word. */
    private static final double MANY = .5;

    /** Returns to promoted versions that are named. */
    private static final int NAMED = 10;

    /** Markdown's strong emphasis. */
    private static final String LOUD = "**";

    private final RunJournal journal;

    Conclusion(RunJournal journal) {
        this.journal = journal;
    }

    /** One sentence each; the first is the most important. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        gradients().ifPresent(sentences::add);
        sentences.addAll(unlearned());
        rewards().ifPresent(sentences::add);
        journal.failed().sentence().ifPresent(sentences::add);
        returns().ifPresent(sentences::add);
        List<EvaluationReport> reports = journal.reports();
        if (reports.isEmpty()) {
            sentences.add("Nothing was measured: the recipe has no evaluation sets.");
            return sentences;
        }
        sentences.addAll(unmeasured(reports));
        List<SetReport> scored = reports.stream()
                .flatMap(report -> report.sets().stream())
                .filter(SetReport::scored)
                .toList();
        if (!scored.isEmpty() && scored.stream().allMatch(set -> set.avg().value() == 0)) {
            sentences.add(
                    "**No response was right in any measurement.** Look at some of them (./tempo judge says how one is"
                            + " judged): the model may be too weak for the questions, its answers may not be in the form that the"
                            + " judges read, or maxNewTokens may cut them off.");
        }
        EvaluationReport last = reports.get(reports.size() - 1);
        Recipe recipe = journal.recipe();
        String stage = recipe.stageNameOf(recipe.rounds());
        int begun = recipe.trains() ? recipe.firstRoundOf(recipe.stageOf(recipe.rounds())) : 0;
        Optional<EvaluationReport> first = reports.stream()
                .filter(report -> report.version() <= begun)
                .reduce((one, later) -> later)
                .filter(report -> report.version() < last.version());
        for (SetReport now : journal.setsInOrder(last)) {
            if (!now.scored()) {
                continue;
            }
            Optional<SetReport> before =
                    first.flatMap(report -> set(report, now.set())).filter(SetReport::scored);
            sentences.add(
                    before.isEmpty()
                            ? "On " + now.set() + ", avg@" + now.samples() + " is "
                                    + fraction(now.avg().value()) + "."
                            : change(before.get(), now, stage));
            before.flatMap(then -> variety(then, now)).ifPresent(sentences::add);
            Double claiming = now.wrongClaimingCorrect();
            if (claiming != null && claiming > MANY) {
                sentences.add(
                        "On " + now.set() + ", " + fraction(claiming) + " of the wrong answers claim to be right.");
            }
            if (now.failed() + now.undecided() > 0) {
                sentences.add("On " + now.set() + ", " + now.failed() + " responses could not be generated and "
                        + now.undecided() + " could not be judged; they are left out of the scores.");
            }
        }
        if (last.critic() != null) {
            sentences.add(critic(last.critic()));
        }
        return sentences;
    }

    /** Versions of which no response could be generated for a set, as where their files were gone before they were measured. */
    private List<String> unmeasured(List<EvaluationReport> reports) {
        List<String> sentences = new ArrayList<>();
        for (EvaluationReport report : reports) {
            for (SetReport set : journal.setsInOrder(report)) {
                if (!set.scored() && set.failed() > 0) {
                    sentences.add(LOUD + journal.nameOf(report.version()) + " is not measured on " + set.set() + LOUD
                            + ": none of its " + set.failed() + " responses could be generated"
                            + (set.failure() == null ? "." : ", the first because " + set.failure() + "."));
                }
            }
        }
        return sentences;
    }

    static String quietly(String sentence) {
        return sentence.replace(LOUD, "");
    }

    /** The sentences that are said loudly, as plain text. */
    List<String> alarms() {
        return sentences().stream()
                .filter(sentence -> sentence.startsWith(LOUD))
                .map(Conclusion::quietly)
                .toList();
    }

    /** A sentence on each stage in which no row of any round carried a gradient. */
    List<String> unlearned() {
        return UnlearnedStage.of(journal.recipe(), journal.policies()).stream()
                .map(UnlearnedStage::sentence)
                .toList();
    }

    /** The rounds instead of which training went back. */
    private Optional<String> returns() {
        List<String> returns = journal.policies().stream()
                .filter(version -> version.wentBackTo() != null)
                .map(version -> "v" + version.version() + " to v" + version.wentBackTo())
                .toList();
        return returns.isEmpty()
                ? Optional.empty()
                : Optional.of("Training went back to a promoted version after trials that found worse ones, "
                        + (returns.size() == 1 ? "once: " : returns.size() + " times: ")
                        + String.join(", ", returns.subList(0, Math.min(NAMED, returns.size())))
                        + (returns.size() > NAMED ? " and so on." : "."));
    }

    /** A run in which every response was worth nothing. */
    private Optional<String> rewards() {
        List<Double> rewards = journal.policies().stream()
                .map(version -> version.statistics().get("reward.mean"))
                .filter(Objects::nonNull)
                .toList();
        return rewards.isEmpty() || rewards.stream().anyMatch(reward -> reward != 0)
                ? Optional.empty()
                : Optional.of("**No response ever got a reward**: the mean reward was 0 in each of the "
                        + rewards.size() + " rounds that had one.");
    }

    /** A run that had nothing to learn from: said first and loudly. */
    private Optional<String> gradients() {
        List<PolicyVersion> updates = journal.policies().stream()
                .filter(version -> version.rows().containsKey("gradient"))
                .toList();
        long unchanged = updates.stream().filter(PolicyVersion::trainedNothing).count();
        if (updates.isEmpty() || unchanged == 0) {
            return Optional.empty();
        }
        if (unchanged == updates.size()) {
            return Optional.of("**Nothing was learned: in none of the " + updates.size()
                    + " rounds did any response carry a gradient.** All responses to a question got the same reward, or none"
                    + " could be generated, judged or valued. Look at some responses, at the judges (./tempo judge) and at"
                    + " the model's own accuracy: where no sample is ever right, nothing can be reinforced.");
        }
        return Optional.of("In " + unchanged + " of " + updates.size()
                + " rounds no response carried a gradient, so these rounds changed nothing.");
    }

    private static Optional<SetReport> set(EvaluationReport report, String name) {
        return report.sets().stream().filter(set -> set.set().equals(name)).findFirst();
    }

    private String change(SetReport before, SetReport now, String stage) {
        String score = "On " + now.set() + ", avg@" + now.samples();
        String path = " from " + fraction(before.avg().value()) + " to "
                + fraction(now.avg().value()) + " over " + stage;
        Optional<PairedDifference> paired =
                before.avgByQuestion().keySet().equals(now.avgByQuestion().keySet())
                        ? PairedDifference.of(
                                before.avgByQuestion(),
                                now.avgByQuestion(),
                                journal.recipe().seed())
                        : Optional.empty();
        if (paired.isEmpty()) {
            return score + " went" + path + ".";
        }
        PairedDifference difference = paired.get();
        String by = String.format(
                Locale.ROOT,
                " (%+.3f, 95 %% interval %+.3f to %+.3f)",
                difference.interval().estimate(),
                difference.interval().low(),
                difference.interval().high());
        if (difference.isRise()) {
            return score + " rose" + path + by + ".";
        }
        if (difference.isFall()) {
            return score + " fell" + path + by + ".";
        }
        return score + " went" + path + by + ": the interval contains 0, so this run shows no change.";
    }

    private static Optional<String> variety(SetReport before, SetReport now) {
        return now.passAt().keySet().stream()
                .max(Integer::compare)
                .filter(k -> before.passAt().containsKey(k))
                .map(k -> {
                    double then = Objects.requireNonNull(before.passAt().get(k)).value();
                    double today = Objects.requireNonNull(now.passAt().get(k)).value();
                    String path = " (" + fraction(then) + " to " + fraction(today) + ")";
                    return today < then - LOSS
                            ? "On " + now.set() + ", pass@" + k + " fell" + path
                                    + ": fewer questions have any right answer, which may be a loss of variety."
                            : "On " + now.set() + ", pass@" + k + " held" + path + ".";
                });
    }

    private static String critic(CriticReport critic) {
        String numbers = String.format(Locale.ROOT, "AUC %.3f, Brier %.3f", critic.auc(), critic.brier());
        return critic.auc() < POOR_AUC
                ? "**The critic hardly tells right from wrong** (" + numbers
                        + "; a guess has AUC 0.5), so the rewards that it gave cannot be trusted."
                : "The critic tells right from wrong with " + numbers + ".";
    }

    private static String fraction(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
