package dev.tempo.recipes;

import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.ListShape;
import dev.tempo.recipes.shape.NamedShape;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.Shape;
import dev.tempo.recipes.shape.WordOrShape;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of section with its place in a recipe.
 *
 * @param path like {@code stages[].policy}; empty for the recipe itself
 */
record NamedSection(String path, SectionShape<?> shape) {

    /** Every kind of section of a recipe, each before those within it. */
    static List<NamedSection> all() {
        List<NamedSection> all = new ArrayList<>();
        add("", RecipeShape.RECIPE, all);
        return all;
    }

    private static void add(String path, SectionShape<?> shape, List<NamedSection> all) {
        all.add(new NamedSection(path, shape));
        for (Field<?, ?> field : shape.fields()) {
            within(path.isEmpty() ? field.name() : path + "." + field.name(), field.shape(), all);
        }
    }

    private static void within(String path, Shape<?> shape, List<NamedSection> all) {
        if (shape instanceof SectionShape<?> section) {
            add(path, section, all);
        } else if (shape instanceof ListShape<?> list) {
            within(path + "[]", list.item(), all);
        } else if (shape instanceof NamedShape<?> named) {
            within(path + ".NAME", named.item(), all);
        } else if (shape instanceof WordOrShape<?> either) {
            add(path, either.section(), all);
        }
    }
}
