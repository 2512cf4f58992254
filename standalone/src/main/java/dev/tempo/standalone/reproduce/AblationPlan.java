package dev.tempo.standalone.reproduce;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.eval.reproduction.Ablation;
import dev.tempo.eval.reproduction.Method;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.quickstart.CalibrationFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs of ablations: recipes of a few lines that extend a world's, written where they are run from. */
final class AblationPlan {
    private final Path base;
    private final Path directory;

    /**
     * @param base the recipe of TEMPO itself
     * @param directory of the recipes and data files that are written
     */
    AblationPlan(Path base, Path directory) {
        this.base = base.toAbsolutePath().normalize();
        this.directory = directory;
    }

    /**
     * All variants of all seeds: TEMPO first, which each is held against, then one variant on every seed after the other, so that a
     * stop leaves some that are complete. What is in several ablations is run once.
     *
     * @param rounds of the last stage; null for the recipes' own
     * @throws UserException if the world has not what an ablation changes
     */
    List<PlannedRun> all(List<Long> seeds, List<Ablation> ablations, @Nullable Integer rounds) {
        Map<String, Ablation.Variant> variants = new LinkedHashMap<>();
        Stream.concat(
                        ablations.stream()
                                .flatMap(ablation -> ablation.variants().stream())
                                .filter(variant -> variant.method().equals(Method.TEMPO)),
                        ablations.stream().flatMap(ablation -> ablation.variants().stream()))
                .filter(variant -> !variant.hasRecipe()
                        || !PlannedRun.among(List.of(variant.method()), base).isEmpty())
                .forEach(variant -> variants.putIfAbsent(variant.method(), variant));
        Map<Long, Recipe> worlds = new LinkedHashMap<>();
        seeds.forEach(seed -> worlds.put(seed, RecipeFile.read(base, seed)));
        List<PlannedRun> planned = new ArrayList<>();
        variants.values()
                .forEach(variant -> worlds.forEach((seed, world) ->
                        planned.add(planned(variant, seed, world).ofRounds(rounds))));
        return planned;
    }

    /** Whether the world can have an ablation: not every one can make more questions like those without labels. */
    boolean has(Ablation ablation) {
        return makesQuestions(RecipeFile.read(base, 0L))
                || ablation.variants().stream()
                        .noneMatch(variant -> variant.pool().kind() == Ablation.Pool.Kind.CHOSEN);
    }

    /** Whether more questions like those without labels can be made. */
    private boolean makesQuestions(Recipe world) {
        LabeledFile labeled = world.data().labeled();
        return labeled != null
                && Objects.equals(
                        base.resolveSibling("quickstart"),
                        Objects.requireNonNull(Path.of(labeled.file()).getParent())
                                .getParent());
    }

    private PlannedRun planned(Ablation.Variant variant, long seed, Recipe world) {
        Stage last = refuseWithoutEStep(world);
        if (variant.hasRecipe()) {
            return PlannedRun.all(base, List.of(seed), List.of(variant.method()), null)
                    .get(0);
        }
        Path file = write(variant, world, last);
        return new PlannedRun(
                world.name(), variant.method(), seed, file, RecipeFile.read(file, seed), pool(variant, world));
    }

    private Stage refuseWithoutEStep(Recipe world) {
        Stage last = world.trains() ? world.stages().get(world.stages().size() - 1) : null;
        RecalibrationSettings recalibration = last == null ? null : last.recalibration();
        if (last == null || recalibration == null || recalibration.every() == 0) {
            throw new UserException("ablations change the E-step of TEMPO's last stage, which " + base + " has not");
        }
        return last;
    }

    private Path write(Ablation.Variant variant, Recipe world, Stage last) {
        StringBuilder text = new StringBuilder("# Written by ./tempo reproduce --ablation\n");
        text.append("extends: \"").append(base).append("\"\n");
        text.append("name: ")
                .append(world.name())
                .append('-')
                .append(variant.method())
                .append('\n');
        String fields = variant.fields();
        if (variant.pool().kind() != Ablation.Pool.Kind.AS_IT_IS) {
            boolean domain = labeled(world).domain() != null;
            text.append("data: {labeled: {file: \"")
                    .append(pools(variant, world, "{seed}"))
                    .append("\", id: id, question: question, answer: answer, split: split")
                    .append(domain ? ", domain: domain" : "")
                    .append("}}\n");
            fields = "recalibration: " + draw(variant.pool(), Objects.requireNonNull(last.recalibration()));
        }
        text.append("stages: [{name: ")
                .append(last.name())
                .append(", ")
                .append(fields)
                .append("}]\n");
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(world.name() + "-" + variant.method() + ".yaml"), text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(directory + " cannot be written to", unwritable);
        }
    }

    /** An E-step draws no question twice: from fewer questions than it draws it has more responses to each, as many in all. */
    private static String draw(Ablation.Pool pool, RecalibrationSettings usual) {
        String draw = "{questionsFrom: labeled/calibration";
        if (pool.questions() < usual.questions()) {
            long samples = Math.round((double) usual.questions() * usual.samples() / pool.questions());
            draw += ", questions: " + pool.questions() + ", samples: " + samples;
        }
        return draw + "}";
    }

    private Path pools(Ablation.Variant variant, Recipe world, String seed) {
        return directory.resolve(world.name() + "-" + variant.method() + "-s" + seed + ".jsonl");
    }

    /** What writes a variant's labeled questions, once the world's own are there. */
    private Runnable pool(Ablation.Variant variant, Recipe world) {
        Ablation.Pool pool = variant.pool();
        if (pool.kind() == Ablation.Pool.Kind.AS_IT_IS) {
            return () -> {};
        }
        LabeledFile labeled = labeled(world);
        for (Stage stage : world.stages()) {
            if (stage.questionsFrom() == QuestionSource.LABELED
                    || stage.questionsFrom() == QuestionSource.LABELED_CALIBRATION) {
                throw new UserException("ablation of labeled questions: stage '" + stage.name()
                        + "' trains on them too; it has to draw its own from labeled/train");
            }
        }
        if (pool.kind() == Ablation.Pool.Kind.CHOSEN && !makesQuestions(world)) {
            throw new UserException("ablation distribution: only worlds of the quickstart can make more questions like"
                    + " those without labels; " + base + " has data of its own");
        }
        CalibrationFile file = new CalibrationFile(labeled, pools(variant, world, String.valueOf(world.seed())));
        return pool.kind() == Ablation.Pool.Kind.SPREAD
                ? () -> file.spread(pool.questions())
                : () -> file.chosen(pool.questions(), pool.like(), world.seed());
    }

    private static LabeledFile labeled(Recipe world) {
        return Objects.requireNonNull(world.data().labeled(), "an E-step has labeled questions");
    }
}
