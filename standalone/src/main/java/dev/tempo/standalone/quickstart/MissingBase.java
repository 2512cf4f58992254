package dev.tempo.standalone.quickstart;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.training.Pretrainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The base model of a shipped world's seed that nobody has made yet. A run makes it on the spot, with the seed's data.
 *
 * @param directory in which the model's own and the data lie
 */
public record MissingBase(ShippedWorld world, BaseFamily family, long seed, Path directory) {

    /**
     * That of a recipe; empty where its model is there, or is none of a shipped world.
     *
     * @param recipes where the worlds' directories lie
     */
    public static Optional<MissingBase> of(Recipe recipe, Path recipes) {
        Path base = Path.of(recipe.model());
        Path directory = base.getParent();
        if (Files.exists(base) || directory == null) {
            return Optional.empty();
        }
        return BaseFamily.ofDirectory(base.getFileName().toString())
                .flatMap(family -> Arrays.stream(ShippedWorld.values())
                        .filter(world -> world.has(family)
                                && recipes.resolve(world.word()).equals(directory.getParent()))
                        .findFirst()
                        .map(world -> new MissingBase(world, family, recipe.seed(), directory)));
    }

    /** The command that makes it by itself. */
    public String command() {
        return "./tempo pretrain"
                + (world == ShippedWorld.QUICKSTART ? "" : " --world " + world.word())
                + " --seed " + seed
                + (family == BaseFamily.QWEN3 ? "" : " --family " + family.word());
    }

    /** That it is not there, with what makes it, without a full stop. */
    public String says() {
        return "the base model of seed " + seed
                + " and its world's data are not there yet; ./tempo run makes them, once, in some minutes, or "
                + command();
    }

    /** Makes it, and the seed's data. */
    public void make(Pretrainer.Progress progress) {
        world.make(seed, family, directory, progress);
    }
}
