package dev.tempo.chat.python;

/** A function that a template can call. */
@FunctionalInterface
public interface PythonFunction {

    /**
     * The function's result.
     *
     * @throws IllegalArgumentException if the function does not take these arguments
     */
    Object call(Arguments arguments);
}
