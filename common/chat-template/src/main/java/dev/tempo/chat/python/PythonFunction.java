package dev.tempo.chat.python;

/** What a template can call. */
@FunctionalInterface
public interface PythonFunction {

    /** @throws IllegalArgumentException if it does not take these arguments */
    Object call(Arguments arguments);
}
