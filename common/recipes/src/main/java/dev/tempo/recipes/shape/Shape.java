package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeException;
import dev.tempo.recipes.yaml.RecipeValue;
import java.util.Map;

/**
 * The values that a field may have: how they are read, written and described. The reader, the reference, the schema and the
 * recipes that runs leave are all made from these.
 */
public interface Shape<T> {

    /** @throws RecipeException naming file, line and field */
    T read(RecipeValue source, ReadContext context);

    /** A map, list, text, number or truth value that reads as {@code value}. */
    Object write(T value, WriteContext context);

    /** What a value is, in a few words of the reference. */
    String words();

    /** The JSON schema of a value. */
    Map<String, Object> schema();

    /** Refuses fields that no section has, here and in what is within, before anything else is looked at. */
    default void refuseUnknown(RecipeValue source, ReadContext context) {}
}
