package dev.tempo.recipes.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A value of a recipe with its place.
 *
 * @param location of the value's key, or of the item in a list
 * @param path of the field, like {@code stages[0].policy.clip}; empty for the whole recipe
 * @param mergedFrom where a merge key took the field from, else null
 */
public record RecipeValue(
        YamlNode node,
        Location location,
        String path,
        @Nullable Location mergedFrom) {

    /** The whole recipe. */
    public static RecipeValue root(YamlMapping recipe) {
        return new RecipeValue(recipe, recipe.location(), "", null);
    }

    public RecipeValue field(String name, YamlMapping.Entry entry) {
        String inner = path.isEmpty() ? name : path + "." + name;
        return new RecipeValue(entry.value(), entry.location(), inner, entry.mergedFrom());
    }

    public RecipeValue item(YamlNode item, int index) {
        return new RecipeValue(item, item.location(), path + "[" + index + "]", mergedFrom);
    }

    /**
     * The value as a scalar.
     *
     * @param expected what a value of this field looks like
     */
    public YamlScalar scalar(String expected) {
        if (node instanceof YamlScalar scalar && !scalar.isNothing()) {
            return scalar;
        }
        throw mustBe(expected);
    }

    public YamlMapping mapping() {
        if (node instanceof YamlMapping mapping) {
            return mapping;
        }
        throw mustBe("a section of fields");
    }

    public RecipeException mustBe(String expected) {
        boolean nothing = node instanceof YamlScalar scalar && scalar.isNothing();
        return error("must be " + expected + " but is " + (nothing ? "empty" : node.shown()));
    }

    public RecipeException error(String problem) {
        String origin = mergedFrom == null ? "" : " (<< takes it from line " + mergedFrom.line() + ")";
        String line = problem.replaceAll("\\R", "\\\\n");
        return new RecipeException(location + ": " + path + (path.isEmpty() ? "" : " ") + line + origin);
    }
}
