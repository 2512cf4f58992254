package dev.tempo.standalone.check;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.RehearsalTrace;
import dev.tempo.datasets.RehearsalTraces;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.datasets.comparison.LostBackslashes;
import dev.tempo.datasets.file.NamedData;
import dev.tempo.kept.KeptRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The check of a recipe's data files, each by itself and against the others. Only here are all sets seen by one
 * process; no service sees more than its own.
 */
public final class DataCheck {
    /** Leaks of a set that are named one by one. */
    private static final int NAMED = 3;

    private final Recipe recipe;
    private final List<Finding> findings = new ArrayList<>();
    /** Labeled questions that a set measures too, which is said there. */
    private final Set<Question> measured = new HashSet<>();

    private DataCheck(Recipe recipe) {
        this.recipe = recipe;
    }

    public static List<Finding> of(Recipe recipe) {
        DataCheck check = new DataCheck(recipe);
        try {
            check.run();
        } catch (DataFileException unusable) {
            check.findings.add(Finding.problem("data", String.valueOf(unusable.getMessage())));
        }
        return check.findings;
    }

    private void run() {
        missing();
        if (!findings.isEmpty()) {
            return;
        }
        KeptRows<LabeledQuestion> labeled = recipe.data().labeled() == null
                ? KeptRows.none()
                : LabeledQuestions.read(recipe.data().labeled());
        List<Question> unlabeled = recipe.data().unlabeled() == null
                ? List.of()
                : UnlabeledQuestions.read(recipe.data().unlabeled());
        List<Question> rehearsal = rehearsal(recipe.data().rehearsal());
        findings.add(Finding.good(
                "data",
                labeled.size() + " labeled and " + unlabeled.size() + " unlabeled questions, " + rehearsal.size()
                        + " rehearsal traces"));
        labeled.stream()
                .map(LabeledQuestion::question)
                .filter(DataCheck::isUndoubled)
                .findFirst()
                .ifPresent(question -> undoubled("data.labeled", question));
        unlabeled.stream()
                .filter(DataCheck::isUndoubled)
                .findFirst()
                .ifPresent(question -> undoubled("data.unlabeled", question));
        routed("data.labeled", labeled.as(LabeledQuestion::question));
        routed("data.unlabeled", unlabeled);
        for (Stage stage : recipe.stages()) {
            enough(stage.name() + ".questions", stage.questions(), stage.questionsFrom(), labeled, unlabeled);
            RecalibrationSettings recalibration = stage.recalibration();
            if (recalibration != null && recalibration.every() > 0) {
                enough(
                        stage.name() + ".recalibration.questions",
                        recalibration.questions(),
                        recalibration.questionsFrom(),
                        labeled,
                        unlabeled);
            }
        }
        Overlap withLabeled = new Overlap(labeled.as(LabeledQuestion::question));
        BitSet alsoLabeled = new BitSet();
        Overlap withUnlabeled =
                new Overlap(unlabeled, key -> withLabeled.withKey(key).isPresent(), alsoLabeled);
        Overlap withRehearsal = new Overlap(rehearsal);
        for (Map.Entry<String, EvaluationSet> set : recipe.evaluation().sets().entrySet()) {
            overlaps(set.getKey(), set.getValue(), withLabeled, withUnlabeled, withRehearsal);
        }
        PromotionSettings promotion = recipe.promotion();
        if (promotion != null) {
            overlaps(Recipe.PROMOTION_SET, promotion.set(), withLabeled, withUnlabeled, withRehearsal);
            measuredToo(BenchmarkQuestions.read(Recipe.PROMOTION_SET, promotion.set()));
        }
        labeledToo(alsoLabeled.stream().mapToObj(unlabeled::get), withLabeled);
    }

    /** A version is not to be promoted by what it is said not to have been chosen by. */
    private void measuredToo(List<LabeledQuestion> promotion) {
        Overlap withPromotion =
                new Overlap(promotion.stream().map(LabeledQuestion::question).toList());
        new TreeMap<>(recipe.evaluation().sets())
                .forEach((name, set) -> BenchmarkQuestions.read(name, set).stream()
                        .map(row -> withPromotion.exactly(row.question()))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .ifPresent(question -> findings.add(Finding.problem(
                                Recipe.PROMOTION_SET,
                                "question " + question.id() + " is also in set " + name + " (\""
                                        + shortened(question.text()) + "\"); remove it from one of the files"))));
    }

    private static boolean isUndoubled(Question question) {
        return LostBackslashes.isIn(question.text());
    }

    private void undoubled(String field, Question question) {
        findings.add(Finding.warning(
                field,
                "question " + question.id()
                        + " has a form feed or a backspace where a LaTeX command was meant: JSON writes"
                        + " its backslash twice, \\\\frac, as json.dumps does; others may have one too"));
    }

    /** The questions of rehearsal traces, which have no id but their place. */
    private static List<Question> rehearsal(@Nullable RehearsalFile file) {
        List<Question> questions = new ArrayList<>();
        if (file != null) {
            for (RehearsalTrace trace : RehearsalTraces.read(file)) {
                questions.add(
                        new Question(String.valueOf(questions.size() + 1), trace.question(), Recipe.DEFAULT_DOMAIN));
            }
        }
        return questions;
    }

    /** No label of D_u may reach a service that trains, and a question of both files brings it there. */
    private void labeledToo(Stream<Question> unlabeled, Overlap withLabeled) {
        int both = 0;
        for (Question question : (Iterable<Question>) unlabeled::iterator) {
            Optional<Question> twin = withLabeled.exactly(question);
            if (twin.isPresent() && !measured.contains(twin.get()) && ++both <= NAMED) {
                findings.add(Finding.problem(
                        "data.unlabeled",
                        "question " + question.id() + " is labeled too, as "
                                + twin.get().id() + " (\"" + shortened(question.text())
                                + "\"); remove it from one of the files"));
            }
        }
        if (both > NAMED) {
            findings.add(Finding.problem(
                    "data.unlabeled",
                    both - NAMED + " more of its questions are labeled too; ./tempo questions --unlabeled --without "
                            + Objects.requireNonNull(recipe.data().labeled()).file() + " leaves them out"));
        }
    }

    /** The findings about files that are not there: all of them, not only the first. */
    private void missing() {
        recipe.files().forEach(this::missing);
    }

    private void missing(String field, String file) {
        if (!NamedData.exists(Path.of(file))) {
            findings.add(Finding.problem(
                    field,
                    file + ": no such file; paths in a recipe are relative to the recipe's folder. Write it, or make it"
                            + " of a published data set with ./tempo questions"));
        }
    }

    private void enough(
            String field, int wanted, QuestionSource source, List<LabeledQuestion> labeled, List<Question> unlabeled) {
        if (source == QuestionSource.UNLABELED && recipe.data().arriving() != null) {
            return;
        }
        long there = switch (source) {
            case UNLABELED -> unlabeled.size();
            case LABELED -> labeled.size();
            case LABELED_TRAIN ->
                labeled.stream()
                        .filter(row -> row.split().belongsTo(QuestionSource.LABELED_TRAIN))
                        .count();
            case LABELED_CALIBRATION ->
                labeled.stream()
                        .filter(row -> row.split().belongsTo(QuestionSource.LABELED_CALIBRATION))
                        .count();
        };
        if (wanted > there) {
            findings.add(Finding.problem(
                    field,
                    "a round draws " + wanted + " different questions but there are only " + there
                            + "; lower it or add questions"));
        }
    }

    /** The findings about domains of the data that no chain of judges covers. */
    private void routed(String field, List<Question> questions) {
        Map<String, Question> firstOf = new TreeMap<>();
        questions.forEach(question -> firstOf.putIfAbsent(question.domain(), question));
        firstOf.forEach((domain, question) -> {
            if (recipe.judgesOf(domain).isEmpty()) {
                String ways = domain.equals(Recipe.DEFAULT_DOMAIN)
                        ? "add 'default: [rules]' to judges, or name the column with the domain in " + field + ".domain"
                        : "add '" + domain + ": [...]' or a 'default' chain to judges";
                findings.add(Finding.problem(
                        field,
                        "question " + question.id() + " is of domain '" + domain
                                + "', which no chain of judges serves; " + ways));
            }
        });
    }

    private void overlaps(
            String name, EvaluationSet set, Overlap withLabeled, Overlap withUnlabeled, Overlap withRehearsal) {
        KeptRows<LabeledQuestion> questions = BenchmarkQuestions.read(name, set);
        routed("evaluation.sets." + name, questions.as(LabeledQuestion::question));
        int near = 0;
        int leaks = 0;
        for (Keyed keyed : Keyed.all(questions.as(LabeledQuestion::question))) {
            Question question = keyed.question();
            String key = keyed.key();
            Optional<Question> labeledTwin = withLabeled.withKey(key);
            labeledTwin.ifPresent(measured::add);
            if (labeledTwin.isPresent() && ++leaks <= NAMED) {
                leak(name, question, "labeled question " + labeledTwin.get().id());
            }
            Optional<Question> rehearsed = withRehearsal.withKey(key);
            if (rehearsed.isPresent() && ++leaks <= NAMED) {
                leak(name, question, "rehearsal trace " + rehearsed.get().id());
            }
            if (set.isTestTimeSet()) {
                if (withUnlabeled.withKey(key).isEmpty()) {
                    findings.add(Finding.problem(
                            "set " + name,
                            "isTestTimeSet says that it holds the unlabeled questions, but " + question.id()
                                    + " is not among them"));
                    return;
                }
            } else {
                Optional<Question> unlabeledTwin = withUnlabeled.withKey(key);
                if (unlabeledTwin.isPresent() && ++leaks <= NAMED) {
                    leak(
                            name,
                            question,
                            "unlabeled question " + unlabeledTwin.get().id());
                }
                near += withLabeled.nearly(question) || withUnlabeled.nearly(question) ? 1 : 0;
            }
        }
        if (leaks > NAMED) {
            findings.add(Finding.problem(
                    "set " + name,
                    leaks - NAMED + " more of its questions are in a training file; ./tempo questions --without "
                            + set.file() + " leaves them out of that"));
        }
        if (leaks > 0) {
            return;
        }
        findings.add(Finding.good(
                "set " + name,
                questions.size() + " questions"
                        + (set.isTestTimeSet()
                                ? ", the test-time set itself"
                                : ", none of them trained on; " + near
                                        + " differ from a training question in one token"
                                        + (withLabeled.looksForNearly() && withUnlabeled.looksForNearly()
                                                ? ""
                                                : " (not looked for in files of more than " + Overlap.MOST_FOR_NEARLY
                                                        + ")"))));
    }

    private void leak(String name, Question question, String twin) {
        findings.add(Finding.problem(
                "set " + name,
                "question " + question.id() + " is also " + twin + " (\"" + shortened(question.text())
                        + "\"); remove it from one of the files, or set isTestTimeSet if the test-time set is the"
                        + " benchmark"));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "…";
    }
}
