package dev.tempo.recipes;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.yaml.RecipeException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The reader of recipe files. Paths are relative to the file that names them and come out absolute; {@code {seed}} in a
 * path stands for the seed.
 */
public final class RecipeFile {
    private RecipeFile() {}

    /**
     * The recipe in a file, with what it extends, checked.
     *
     * @param seed seed in place of the recipe's own; null keeps that
     * @throws RecipeException naming file, line and field
     */
    public static Recipe read(Path file, @Nullable Long seed) {
        return RecipeShape.RECIPE.read(Inheritance.read(file.toAbsolutePath().normalize()), seed);
    }
}
