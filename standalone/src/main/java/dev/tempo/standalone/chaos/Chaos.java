package dev.tempo.standalone.chaos;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.quickstart.OwnRecipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Runs that are struck by the faults of a plan, after one that nobody disturbs. All of it lies in one directory and is started
 * as a person would type it.
 */
public final class Chaos implements AutoCloseable {
    private final Path root;
    private final Path home;
    private final @Nullable Path ownRecipe;
    private final long seed;
    private final Duration patience;
    private final Duration longestFreeze;
    private final FaultResults results;
    private final Undisturbed undisturbed = new Undisturbed();
    private volatile boolean stopping;
    private volatile @Nullable Victim atWork;

    /**
     * @param root a directory of its own
     * @param home the project's directory
     * @param recipe null for the one that ships
     * @param patience how long nothing may go on without a word that says why
     * @param longestFreeze how long a process is frozen for long
     */
    public Chaos(
            Path root,
            Path home,
            @Nullable Path recipe,
            long seed,
            Duration patience,
            Duration longestFreeze,
            FaultResults results) {
        this.root = root;
        this.home = home;
        ownRecipe = recipe;
        this.seed = seed;
        this.patience = patience;
        this.longestFreeze = longestFreeze;
        this.results = results;
    }

    /**
     * Strikes all faults of the plan.
     *
     * @throws UserException if not even the undisturbed run comes to its end
     */
    public void strike(FaultPlan plan) throws IOException, InterruptedException {
        Path recipeFile = ownRecipe == null ? shippedRecipe() : ownRecipe;
        Recipe recipe = RecipeFile.read(recipeFile, null);
        Path stages = disturbNobody(recipeFile, recipe);
        Deque<PlannedFault> queue = new ArrayDeque<>(plan.faults());
        int number = 0;
        int idle = 0;
        while (!queue.isEmpty() && !stopping) {
            int before = queue.size();
            number++;
            Path directory = root.resolve("run-" + number);
            boolean good;
            try (Victim victim = victim(directory, recipeFile, recipe, number)) {
                FileSystemUtils.copyRecursively(stages, victim.workspace().stageCache());
                good = new Trial(number, victim, undisturbed, patience, results, () -> !stopping)
                        .run(queue, plan.together());
                if (!good) {
                    victim.keepEvidence(directory.resolve("evidence"));
                }
            }
            idle = queue.size() == before ? idle + 1 : 0;
            if (idle > 3) {
                throw new UserException("three runs in a row ended before a fault could strike; see " + root);
            }
            if (good && !stopping) {
                FileSystemUtils.deleteRecursively(directory);
            }
        }
    }

    private Victim victim(Path directory, Path recipeFile, Recipe recipe, int number) throws IOException {
        Files.createDirectories(directory);
        Victim victim = new Victim(
                directory, recipeFile, recipe, longestFreeze, new SplittableRandom(seed * 7919 + number), number > 0);
        atWork = victim;
        return victim;
    }

    /** The run that others are compared with; gives the stages that it leaves for reuse. */
    private Path disturbNobody(Path recipeFile, Recipe recipe) throws IOException, InterruptedException {
        results.note("first a run that nobody disturbs, in " + root);
        long begun = System.nanoTime();
        try (Victim victim = victim(root.resolve("undisturbed"), recipeFile, recipe, 0)) {
            victim.beginUndisturbed();
            int seen = -1;
            while (victim.child().isAlive() && !stopping) {
                if (victim.version() > seen) {
                    seen = victim.version();
                    undisturbed.look(victim.files());
                }
                Victim.pause();
            }
            victim.child().awaitEnd(5);
            if (stopping) {
                return root;
            }
            if (!victim.child().hasFinished()) {
                throw new UserException("the undisturbed run did not come to its end: "
                        + victim.child()
                                .statedError()
                                .orElse("see " + victim.files().logs()));
            }
            undisturbed.finished(victim.files());
            results.note(String.format(
                    java.util.Locale.ROOT,
                    "undisturbed: %d rounds in %.0f s, final policy %s",
                    recipe.rounds(),
                    (System.nanoTime() - begun) / 1e9,
                    undisturbed.policy()));
            Path stages = root.resolve("stages");
            if (Files.isDirectory(victim.workspace().stageCache())) {
                FileSystemUtils.copyRecursively(victim.workspace().stageCache(), stages);
            }
            return Files.createDirectories(stages);
        }
    }

    private Path shippedRecipe() throws IOException {
        Path directory = Files.createDirectories(root.resolve("recipe"));
        new OwnRecipe(directory, home).write("chaos");
        Path file = directory.resolve("chaos.yaml");
        try (InputStream text = Chaos.class.getResourceAsStream("chaos-recipe.yaml")) {
            Files.write(file, Objects.requireNonNull(text).readAllBytes());
        }
        return file;
    }

    /** Ends what is going on, with every process; what was done so far stays. */
    @Override
    public void close() {
        stopping = true;
        Victim victim = atWork;
        if (victim != null) {
            victim.close();
        }
    }
}
