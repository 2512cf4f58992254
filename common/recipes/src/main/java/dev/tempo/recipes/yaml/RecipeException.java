package dev.tempo.recipes.yaml;

/** The failure of a recipe that cannot be used; the message names file, line and field and says what to do. */
public final class RecipeException extends RuntimeException {
    public RecipeException(String message) {
        super(message);
    }
}
