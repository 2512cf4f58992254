package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;

/** A filter of jinja2. */
@FunctionalInterface
interface Filter {

    /**
     * The filtered value.
     *
     * @throws IllegalArgumentException if the filter does not take the value, or an argument
     */
    Object apply(Object value, Arguments given);
}
