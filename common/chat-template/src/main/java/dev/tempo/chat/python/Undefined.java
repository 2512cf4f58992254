package dev.tempo.chat.python;

/**
 * The value of a variable, attribute or item that is not there: prints nothing, is false, has no elements, and is an
 * error in every other use.
 *
 * @param problem what to say of a use that is an error
 */
public record Undefined(String problem) {

    /** The value of a variable that nobody set. */
    public static Undefined variable(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    /** The error of asking it for something. */
    IllegalArgumentException without(String part) {
        return new IllegalArgumentException(problem + ", so it has no " + part);
    }

    /** The error of using it. */
    public IllegalArgumentException used() {
        return new IllegalArgumentException(problem);
    }
}
