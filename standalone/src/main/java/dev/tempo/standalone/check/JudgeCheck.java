package dev.tempo.standalone.check;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.judging.Judges;
import dev.tempo.judging.rule.BoxedJudge;
import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether the chains of a recipe can judge: every name is a judge's, votes can be counted, jars can be used. */
public final class JudgeCheck {
    private final Recipe recipe;
    private final Judges judges;
    private final List<Finding> findings = new ArrayList<>();

    private JudgeCheck(Recipe recipe, Judges judges) {
        this.recipe = recipe;
        this.judges = judges;
    }

    public static List<Finding> of(Recipe recipe, AvailableJudges available) {
        JudgeCheck check = new JudgeCheck(recipe, available.judges());
        available.problems().forEach(problem -> check.findings.add(Finding.problem("judges", problem)));
        new TreeMap<>(recipe.judges()).forEach(check::chain);
        if (recipe.stages().stream().anyMatch(Stage::votes)) {
            check.votes(recipe.data().unlabeled());
        }
        return check.findings;
    }

    private void chain(String domain, List<String> chain) {
        String field = "judges." + domain;
        if (chain.isEmpty()) {
            problem(field, "is empty; name at least one judge of " + judges);
        }
        if (chain.contains(Recipe.EXTERNAL) && chain.size() > 1) {
            problem(
                    field,
                    "names others beside '" + Recipe.EXTERNAL
                            + "', but a domain has one writer of verdicts; keep one or the others");
            return;
        }
        int boxed = chain.lastIndexOf(BoxedJudge.NAME);
        if (boxed > 0 || boxed >= 0 && chain.size() == 1) {
            problem(
                    field,
                    "'" + BoxedJudge.NAME
                            + "' says only whether there is a box; put it first, and behind it a judge that"
                            + " compares, such as [" + BoxedJudge.NAME + ", rules]");
        }
        List<String> versions = new ArrayList<>();
        for (String name : chain) {
            Optional<Judge> judge = judges.named(name);
            if (judge.isPresent()) {
                versions.add(name + " " + judge.get().version());
            } else if (name.equals(Recipe.EXTERNAL)) {
                versions.add("a program of your own writes the verdicts");
            } else {
                problem(
                        field,
                        "no judge is called '" + name + "'; there are " + judges
                                + ". Judge models and endpoints are configured in judge-service.yaml, docs/judges.md");
            }
        }
        if (versions.size() == chain.size() && !chain.isEmpty()) {
            findings.add(Finding.good(field, String.join(", then ", versions)));
        }
    }

    /** The first judge of a chain says what the responses answer; DataCheck tells of files that cannot be read. */
    private void votes(@Nullable UnlabeledFile file) {
        TreeSet<String> domains = new TreeSet<>();
        try {
            List<Question> questions = file == null ? List.of() : UnlabeledQuestions.read(file);
            questions.forEach(question -> domains.add(question.domain()));
        } catch (DataFileException unreadable) {
            return;
        }
        for (String domain : domains) {
            recipe.judgesOf(domain).stream()
                    .findFirst()
                    .flatMap(judges::named)
                    .filter(first -> !(first instanceof ExtractingJudge))
                    .ifPresent(first -> problem(
                            "judges." + (recipe.judges().containsKey(domain) ? domain : Recipe.DEFAULT_DOMAIN),
                            "'" + first.name() + "' cannot say which answer a response gives, so the votes of domain '"
                                    + domain + "' cannot be counted; put a judge first that can, such as rules"));
        }
    }

    private void problem(String field, String text) {
        findings.add(Finding.problem(field, text));
    }
}
