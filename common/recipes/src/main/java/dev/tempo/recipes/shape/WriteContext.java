package dev.tempo.recipes.shape;

import java.nio.file.Path;

/**
 * The context in which a recipe is written.
 *
 * @param directory of the recipe's file
 * @param root paths within this directory are written relative to the recipe, others as they are
 */
public record WriteContext(Path directory, Path root) {

    String path(String absolute) {
        Path path = Path.of(absolute);
        return path.startsWith(root) ? directory.relativize(path).toString() : absolute;
    }
}
