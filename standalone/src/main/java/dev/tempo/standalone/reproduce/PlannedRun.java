package dev.tempo.standalone.reproduce;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.eval.reproduction.Method;
import dev.tempo.eval.reproduction.MethodSummary;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.launch.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One method on one seed.
 *
 * @param world name of the recipe that the methods vary
 * @param file of the method's recipe
 * @param ownData what writes data files that the method has beside the world's, once these are there
 */
record PlannedRun(String world, String method, long seed, Path file, Recipe recipe, Runnable ownData) {
    private static final String SUFFIX = ".yaml";

    /**
     * All methods of all seeds, seed by seed, so that stage 1 is computed once for each.
     *
     * @param base the recipe of TEMPO itself; a method's stands beside it, with the method's name behind this one's
     * @param rounds of the last stage; null for the recipes' own
     * @throws UserException if a method has no recipe
     */
    static List<PlannedRun> all(Path base, List<Long> seeds, List<String> methods, @Nullable Integer rounds) {
        List<PlannedRun> planned = new ArrayList<>();
        for (long seed : seeds) {
            String world = RecipeFile.read(base, seed).name();
            for (String method : methods) {
                Path file = file(base, method);
                if (!Files.isRegularFile(file)) {
                    throw new UserException("there is no method '" + method + "': " + file
                            + " is missing; this world has " + String.join(", ", known(base)));
                }
                Recipe recipe = RecipeFile.read(file, seed);
                if (!recipe.trains()) {
                    throw new UserException(file + " has no stage, so that it trains nothing that could be compared;"
                            + " ./tempo eval measures a model alone");
                }
                planned.add(new PlannedRun(world, method, seed, file, recipe, () -> {}).ofRounds(rounds));
            }
        }
        return planned;
    }

    /** Those of some methods of which a recipe stands beside the base one. */
    static List<String> among(List<String> methods, Path base) {
        return methods.stream()
                .filter(method -> Files.isRegularFile(file(base, method)))
                .toList();
    }

    private static Path file(Path base, String method) {
        return method.equals(Method.TEMPO) ? base : base.resolveSibling(stem(base) + "-" + method + SUFFIX);
    }

    private static String stem(Path base) {
        String name = String.valueOf(base.getFileName());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static List<String> known(Path base) {
        Path directory = Objects.requireNonNull(base.toAbsolutePath().getParent());
        String begin = stem(base) + "-";
        try (Stream<Path> files = Files.list(directory)) {
            return Stream.concat(
                            Stream.of(Method.TEMPO),
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.startsWith(begin) && name.endsWith(SUFFIX))
                                    .map(name -> name.substring(begin.length(), name.length() - SUFFIX.length()))
                                    .sorted())
                    .collect(Collectors.toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(directory + " cannot be read", unreadable);
        }
    }

    /** The same but for the rounds of its last stage; as it is where they are null. */
    PlannedRun ofRounds(@Nullable Integer rounds) {
        if (rounds == null) {
            return this;
        }
        List<Stage> stages = new ArrayList<>(recipe.stages());
        Stage last = stages.remove(stages.size() - 1);
        stages.add(last.withRounds(rounds));
        return new PlannedRun(world, method, seed, file, recipe.withStages(stages), ownData);
    }

    /** The rounds of the stage in which methods differ. */
    int rounds() {
        return recipe.stages().get(recipe.stages().size() - 1).rounds();
    }

    /**
     * The summary that was written of it, or of the same with more rounds, whose policy was the same at its end and went on; empty
     * where none was measured then. A run that ends leaves out the last round's E-step, so that the longer one's critic is measured after
     * one more.
     *
     * @param baseSha256 of the model that it begins with
     */
    Optional<MethodSummary> known(List<Path> directories, String baseSha256) {
        return directories.stream()
                .flatMap(directory -> MethodSummary.written(directory, world, method, seed).stream())
                .filter(summary -> summary.at(rounds()).isPresent())
                .filter(summary -> isOfSameRecipe(summary, baseSha256))
                .findFirst();
    }

    private boolean isOfSameRecipe(MethodSummary summary, String baseSha256) {
        return summary.recipeSha256().equals(Fingerprint.ofRecipe(ofRounds(summary.rounds()).recipe, baseSha256));
    }

    /**
     * Renames the summaries in a directory that are of this method and seed but of another recipe, so that no report takes a longer one of
     * them for this run's.
     */
    void putAside(Path directory, String baseSha256) {
        for (MethodSummary summary : MethodSummary.written(directory, world, method, seed)) {
            if (!isOfSameRecipe(summary, baseSha256)) {
                Path file = directory.resolve(MethodSummary.fileName(world, method, seed, summary.rounds()));
                try {
                    Files.move(file, file.resolveSibling(file.getFileName() + ".of-another-recipe"), REPLACE_EXISTING);
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(file + " cannot be renamed", unwritable);
                }
            }
        }
    }

    String words() {
        return Method.title(method) + ", seed " + seed;
    }
}
