package dev.tempo.standalone.command;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.standalone.check.DataCheck;
import dev.tempo.standalone.check.Finding;
import dev.tempo.standalone.check.JudgeCheck;
import dev.tempo.standalone.check.ModelCheck;
import dev.tempo.standalone.quickstart.MissingBase;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is seen to before a recipe becomes a run, wherever it runs. */
public final class RecipeFitness {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMdd-HHmmss", Locale.ROOT);

    private RecipeFitness() {}

    /**
     * The check of model, judges and data.
     *
     * @throws UserException naming everything because of which the recipe cannot run
     */
    public static void check(Recipe recipe, AvailableJudges judges) {
        List<Finding> findings = new ArrayList<>(ModelCheck.of(recipe));
        findings.addAll(JudgeCheck.of(recipe, judges));
        findings.addAll(DataCheck.of(recipe));
        refuse(findings);
    }

    /** The refusal of findings of which one is a problem. */
    public static void refuse(List<Finding> findings) {
        List<Finding> problems = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                .toList();
        if (!problems.isEmpty()) {
            throw new UserException(problems.stream()
                    .map(problem -> problem.subject() + ": " + problem.text())
                    .collect(Collectors.joining("\n       ")));
        }
    }

    /** The bases of shipped worlds' seeds that do not ship are made on the spot. */
    public static void makeMissingBase(Recipe recipe, Consumer<String> notes, Consumer<String> progress) {
        MissingBase.of(recipe, Place.recipes()).ifPresent(base -> {
            notes.accept("no base model of seed " + recipe.seed() + " yet: making it, once, in some minutes");
            base.make(new PretrainingProgress(progress, base.world().steps()));
        });
    }

    /** The id of a run of this recipe that begins now. */
    static String newId(Recipe recipe) {
        return recipe.name() + "-s" + recipe.seed() + "-"
                + LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    }

    /** The model that a run of the recipe begins with. */
    public static ModelReference base(Recipe recipe) {
        Path model = Path.of(recipe.model());
        return new ModelReference(model.toUri().toString(), new ModelDirectory(model).sha256());
    }
}
