package dev.tempo.chat.python;

/**
 * The value of a variable, attribute or item that does not exist: prints nothing, is false, has no elements, and is an error
 * in every other use.
 *
 * @param problem the message of that error
 */
public record Undefined(String problem) {

    /** The value of a variable that nobody set. */
    public static Undefined variable(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    /** The error of reading a part of an undefined value. */
    IllegalArgumentException without(String part) {
        return new IllegalArgumentException(problem + ", so it has no " + part);
    }

    /** The error of using an undefined value. */
    public IllegalArgumentException used() {
        return new IllegalArgumentException(problem);
    }
}
