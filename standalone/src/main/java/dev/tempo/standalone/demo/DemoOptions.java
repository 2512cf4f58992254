package dev.tempo.standalone.demo;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.command.Place;
import dev.tempo.standalone.launch.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a demonstration. */
public final class DemoOptions {
    @Option(
            names = "--demo",
            description =
                    "Run the small world in words, or RECIPE, with a client that asks its questions one after another,"
                            + " never tells an answer, and keeps count; the live page draws how many answers are right."
                            + " The same command goes on with it after a stop.")
    private boolean demo;

    @Option(
            names = "--shuffle-labels",
            description = "With --demo: the critic's labels are dealt out anew by chance, so that it teaches nonsense;"
                    + " promotion is to keep that from being served.")
    private boolean shuffled;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description =
                    "With --demo and a RECIPE: what the client asks and goes by, with the columns question and answer.")
    private @Nullable Path questions;

    /** Whether a demonstration is wanted. */
    public boolean wanted() {
        if (!demo && (shuffled || questions != null)) {
            throw new UserException((shuffled ? "--shuffle-labels" : "--questions") + " goes with --demo only");
        }
        return demo;
    }

    /**
     * The demonstration that is wanted.
     *
     * @param target the recipe; empty for the world in words
     * @throws UserException if it cannot be had, with what to do
     */
    public Demonstration prepared(String target, Workspace workspace) {
        if (target.isEmpty()) {
            if (questions != null) {
                throw new UserException("--questions goes with a RECIPE; without one the world in words has its own");
            }
            Path recipes = Place.home().resolve("recipes");
            return Demonstration.of(recipes.resolve("words-demo.yaml"), null, shuffled, workspace);
        }
        Path recipe = Path.of(target);
        if (!Files.isRegularFile(recipe)) {
            throw new UserException(
                    "--demo takes a recipe, or nothing for the world in words, and there is no file " + target);
        }
        if (questions == null) {
            throw new UserException(
                    "--demo with a recipe needs --questions FILE: what the client asks, with the answers"
                            + " that it goes by and never tells");
        }
        return Demonstration.of(recipe, questions, shuffled, workspace);
    }
}
