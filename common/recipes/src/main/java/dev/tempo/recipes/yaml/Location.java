package dev.tempo.recipes.yaml;

import java.nio.file.Path;

/**
 * A line of a recipe's file.
 *
 * @param line counted from 1
 */
public record Location(Path file, int line) {

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
