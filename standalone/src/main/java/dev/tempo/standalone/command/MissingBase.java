package dev.tempo.standalone.command;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.standalone.quickstart.BaseFamily;
import dev.tempo.standalone.quickstart.ShippedWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The base model of a shipped world's seed that nobody has made yet. A run makes it on the spot, with the seed's data.
 *
 * @param directory in which the model's own and the data lie
 */
record MissingBase(ShippedWorld world, BaseFamily family, long seed, Path directory) {

    /** That of a recipe; empty where its model is there, or is none of a shipped world. */
    static Optional<MissingBase> of(Recipe recipe) {
        Path base = Path.of(recipe.model());
        Path directory = base.getParent();
        if (Files.exists(base) || directory == null) {
            return Optional.empty();
        }
        Path recipes = Place.home().resolve("recipes");
        return BaseFamily.ofDirectory(base.getFileName().toString())
                .flatMap(family -> Arrays.stream(ShippedWorld.values())
                        .filter(world -> world.has(family)
                                && recipes.resolve(world.word()).equals(directory.getParent()))
                        .findFirst()
                        .map(world -> new MissingBase(world, family, recipe.seed(), directory)));
    }

    /** The command that makes it by itself. */
    String command() {
        return "./tempo pretrain"
                + (world == ShippedWorld.QUICKSTART ? "" : " --world " + world.word())
                + " --seed " + seed
                + (family == BaseFamily.QWEN3 ? "" : " --family " + family.word());
    }

    void make(Consumer<String> progress) {
        world.make(seed, family, directory, new PretrainingProgress(progress, world.steps()));
    }
}
