package dev.tempo.chat;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonFunction;
import dev.tempo.chat.python.Undefined;

/**
 * A call: {@code function(arguments)}.
 *
 * @param described the function in words, for messages
 */
record CallExpression(Expression function, String described, ArgumentList arguments) implements Expression {
    @Override
    public Object in(Scope scope) {
        return call(scope, arguments.in(scope, described));
    }

    Object call(Scope scope, Arguments given) {
        Object callee = function.in(scope);
        if (callee instanceof PythonFunction callable) {
            return callable.call(given);
        } else if (callee instanceof Undefined undefined) {
            throw undefined.used();
        }
        throw new IllegalArgumentException(Python.kind(callee) + " cannot be called");
    }

    @Override
    public void declare(BlockNames names) {
        function.declare(names);
        arguments.declare(names);
    }
}
