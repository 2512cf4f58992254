package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeException;
import dev.tempo.recipes.yaml.RecipeValue;
import java.util.Map;

/**
 * The shape of a field: the values that it may have, and how they are read, written and described. The reader, the
 * reference, the schema and the recipes that runs leave are all made from these.
 */
public interface Shape<T> {

    /**
     * The value that a recipe holds.
     *
     * @throws RecipeException naming file, line and field
     */
    T read(RecipeValue source, ReadContext context);

    /** A map, list, text, number or truth value that reads as {@code value}. */
    Object write(T value, WriteContext context);

    /** The kind of value, in a few words of the reference. */
    String words();

    /** The JSON schema of a value. */
    Map<String, Object> schema();

    /** Refuses unknown fields, here and in sections within, before any value is read. */
    default void refuseUnknown(RecipeValue source, ReadContext context) {}
}
