package dev.tempo.standalone.progress;

import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.VersionName;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.text.WordUtils;

/** The meaning of the numbers of a run, in plain words: a line each, or at length. */
final class Legend {
    private final Recipe recipe;

    Legend(Recipe recipe) {
        this.recipe = recipe;
    }

    /** One number: its name as it is shown, a few words, and more of them. */
    private record Entry(String name, String brief, String more) {}

    /** A line for each number. */
    List<String> inBrief(int width) {
        List<Entry> entries = entries();
        int names = names(entries);
        List<String> lines = new ArrayList<>(List.of("what the numbers say (more: --explain)"));
        for (Entry entry : entries) {
            String indent = "  " + entry.name + " ".repeat(names - entry.name.length()) + "  ";
            lines.addAll(hanging(indent, entry.brief, names + 4, width));
        }
        return lines;
    }

    /** A paragraph for each number. */
    List<String> atLength(int width) {
        List<String> lines = new ArrayList<>(List.of("what the numbers say"));
        for (Entry entry : entries()) {
            lines.add("");
            lines.addAll(hanging("  " + entry.name + ": ", entry.brief + ". " + entry.more, 4, width));
        }
        return lines;
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        if (recipe.trains()) {
            entries.add(rounds());
        }
        Evaluation evaluation = recipe.evaluation();
        for (String set : evaluation.setsInOrder()) {
            EvaluationSet questions = evaluation.sets().get(set);
            if (questions != null) {
                entries.add(ofSet(set, questions));
            }
        }
        if (!evaluation.sets().isEmpty()) {
            scores(entries, evaluation);
        }
        if (evaluation.criticQualityOn() != null) {
            critic(entries, evaluation.criticQualityOn());
        }
        entries.add(new Entry(
                "tokens/s",
                "text that the model writes in a second, all questions together",
                "Samples for training and for measurements are counted alike. Nothing is written while the policy or"
                        + " the critic learns, so the number comes and goes."));
        return entries;
    }

    private Entry rounds() {
        int last = recipe.unbounded() ? recipe.rounds() - Stage.UNBOUNDED + 1 : recipe.rounds();
        VersionName example = VersionName.of(recipe, last);
        return new Entry(
                "round",
                "one update of the policy; v" + last + " is the policy after " + last
                        + (last == 1 ? " update" : " updates"),
                "Rounds are counted from 1 within each stage of the recipe, versions from 0, the base model, through"
                        + " all stages; so this run " + (recipe.unbounded() ? "comes to " : "ends with ") + example
                        + ". ./tempo export RUN --version v" + last
                        + " takes that version elsewhere.");
    }

    private static Entry ofSet(String name, EvaluationSet set) {
        return set.isTestTimeSet()
                ? new Entry(
                        name,
                        "the questions that the run learns from without seeing an answer",
                        "Their answers are known to the measurement alone and to nothing that trains.")
                : new Entry(
                        name,
                        "questions that the run never learns from",
                        "They show whether what was learned holds beyond the questions it was learned on.");
    }

    private static void scores(List<Entry> entries, Evaluation evaluation) {
        int k = evaluation.samples();
        entries.add(new Entry(
                "avg@" + k,
                "share of right answers when each question is answered " + times(k),
                "The mean over all questions; it says how often one answer of the model can be relied on."));
        evaluation.passAt().stream()
                .max(Integer::compare)
                .ifPresent(pass -> entries.add(new Entry(
                        "pass@" + pass,
                        "chance that at least one of " + pass + " answers to a question is right",
                        "It says what is within the model's reach. Where avg rises and pass falls, the model has become"
                                + " sure of itself at the price of variety.")));
    }

    private static void critic(List<Entry> entries, String set) {
        entries.add(new Entry(
                "AUC",
                "does the critic tell right from wrong? 0.5: it guesses, 1: always",
                "The chance that a right answer to a question of " + set + " gets a higher value than a wrong one. The"
                        + " critic's last value is the reward on questions without answers, so while AUC is high the"
                        + " rewards can be trusted."));
        entries.add(new Entry(
                "Brier",
                "how far off the critic's values are: 0 is best, always .5 has .25",
                "The mean square of the difference between its last value and the truth, which is 1 or 0."));
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private static int names(List<Entry> entries) {
        return entries.stream().mapToInt(entry -> entry.name.length()).max().orElse(0);
    }

    /** A text behind its beginning, later lines indented by so many columns. */
    private static List<String> hanging(String beginning, String text, int indent, int width) {
        String margin = " ".repeat(indent);
        String wrapped =
                WordUtils.wrap(beginning.substring(Math.min(indent, beginning.length())) + text, width - indent);
        List<String> lines = new ArrayList<>();
        for (String line : wrapped.split(System.lineSeparator())) {
            lines.add((lines.isEmpty() ? beginning.substring(0, Math.min(indent, beginning.length())) : margin) + line);
        }
        return lines;
    }
}
