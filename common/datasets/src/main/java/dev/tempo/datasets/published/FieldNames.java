package dev.tempo.datasets.published;

import org.jspecify.annotations.Nullable;

/** The names of a published file's fields; null where the usual names are looked for. */
public record FieldNames(
        @Nullable String id,
        @Nullable String question,
        @Nullable String answer) {
    /** The usual names. */
    public static final FieldNames USUAL = new FieldNames(null, null, null);
}
