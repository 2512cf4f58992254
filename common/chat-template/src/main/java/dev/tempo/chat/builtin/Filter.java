package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;

/** One of jinja2's filters. */
@FunctionalInterface
interface Filter {

    /** @throws IllegalArgumentException if it does not take the value, or an argument */
    Object apply(Object value, Arguments given);
}
