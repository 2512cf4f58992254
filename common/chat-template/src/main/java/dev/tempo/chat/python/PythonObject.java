package dev.tempo.chat.python;

import org.jspecify.annotations.Nullable;

/** An object with attributes, such as jinja2's loop and namespace. */
public interface PythonObject {

    /** The value of an attribute; null if it has none of this name. */
    @Nullable
    Object attribute(String name);

    /** What it prints. */
    String repr();
}
