package dev.tempo.recipes.yaml;

import dev.tempo.contract.UserException;

/** The failure of a recipe that cannot be used; the message names file, line and field and says what to do. */
public final class RecipeException extends UserException {
    public RecipeException(String message) {
        super(message);
    }
}
