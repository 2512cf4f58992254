package dev.tempo.chat;

import dev.tempo.chat.builtin.Filters;
import dev.tempo.chat.python.Arguments;
import java.util.ArrayList;
import java.util.List;

/** A chain of filters, each applied to the result of the one before it. */
record FilterChain(List<AppliedFilter> filters) {

    /** One filter with its arguments. */
    record AppliedFilter(String name, ArgumentList arguments) {
        Object apply(Scope scope, Object value) {
            Arguments given = arguments.in(scope, "the filter '" + name + "'");
            return Filters.apply(name, value, given);
        }
    }

    void declare(BlockNames names) {
        filters.forEach(filter -> filter.arguments().declare(names));
    }

    Object apply(Scope scope, Object value) {
        Object filtered = value;
        for (AppliedFilter filter : new ArrayList<>(filters)) {
            filtered = filter.apply(scope, filtered);
        }
        return filtered;
    }
}
