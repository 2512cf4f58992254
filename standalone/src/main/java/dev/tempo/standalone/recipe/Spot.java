package dev.tempo.standalone.recipe;

import org.jspecify.annotations.Nullable;

/**
 * A value of a recipe and where it stands.
 *
 * @param location of the value's key, or of the item in a list
 * @param path of the field, like {@code stages[0].policy.clip}; empty for the whole recipe
 * @param mergedFrom where a merge key took the field from, else null
 */
record Spot(
        YamlNode node,
        Location location,
        String path,
        @Nullable Location mergedFrom) {

    /** The whole recipe. */
    static Spot root(YamlMapping recipe) {
        return new Spot(recipe, recipe.location(), "", null);
    }

    Spot field(String name, YamlMapping.Entry entry) {
        String inner = path.isEmpty() ? name : path + "." + name;
        return new Spot(entry.value(), entry.location(), inner, entry.mergedFrom());
    }

    Spot item(YamlNode item, int index) {
        return new Spot(item, item.location(), path + "[" + index + "]", mergedFrom);
    }

    /** @param expected what a value of this field looks like */
    YamlScalar scalar(String expected) {
        if (node instanceof YamlScalar scalar && !scalar.isNothing()) {
            return scalar;
        }
        throw mustBe(expected);
    }

    YamlMapping mapping() {
        if (node instanceof YamlMapping mapping) {
            return mapping;
        }
        throw mustBe("a section of fields");
    }

    RecipeException mustBe(String expected) {
        boolean nothing = node instanceof YamlScalar scalar && scalar.isNothing();
        return error("must be " + expected + " but is " + (nothing ? "empty" : node.shown()));
    }

    RecipeException error(String problem) {
        String origin = mergedFrom == null ? "" : " (<< takes it from line " + mergedFrom.line() + ")";
        String line = problem.replaceAll("\\R", "\\\\n");
        return new RecipeException(location + ": " + path + (path.isEmpty() ? "" : " ") + line + origin);
    }
}
