package dev.tempo.kept;

import java.util.List;

/**
 * The form in which a value lies on disk: as texts, of which any character may be part.
 *
 * @param <T> the value, which equals what is read of its fields
 */
public interface Form<T> {
    /** A value's fields. */
    List<String> fields(T value);

    /** The value with such fields. */
    T value(List<String> fields);
}
