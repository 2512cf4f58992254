package dev.tempo.recipes.shape;

import java.nio.file.Path;

/**
 * Where a recipe is written.
 *
 * @param directory of its file
 * @param root paths within this directory are written relative to the recipe, others as they are
 */
public record WriteContext(Path directory, Path root) {

    String path(String absolute) {
        Path path = Path.of(absolute);
        return path.startsWith(root) ? directory.relativize(path).toString() : absolute;
    }
}
