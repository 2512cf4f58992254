package dev.tempo.chat.python;

import org.jspecify.annotations.Nullable;

/** An object with attributes, such as jinja2's loop and namespace. */
public interface PythonObject {

    /** The value of an attribute; null if the object has none of this name. */
    @Nullable
    Object attribute(String name);

    /** The text that {@code repr()} gives of the object, and that a template prints. */
    String repr();
}
