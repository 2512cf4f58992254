package dev.tempo.chat;

import dev.tempo.chat.python.Undefined;
import java.util.List;

/** An expression of a template, parsed. */
interface Expression {

    /**
     * The value of the expression in a scope.
     *
     * @throws IllegalArgumentException where jinja2 has an error
     */
    Object in(Scope scope);

    /** Declares the names that the expression reads. */
    void declare(BlockNames names);

    /** An expression that computes its value from the values of its parts. */
    static Expression of(List<? extends Expression> parts, Evaluation evaluation) {
        return new Expression() {
            @Override
            public Object in(Scope scope) {
                return evaluation.in(scope);
            }

            @Override
            public void declare(BlockNames names) {
                parts.forEach(part -> part.declare(names));
            }
        };
    }

    /** A function that computes an expression's value from the values of its parts. */
    @FunctionalInterface
    interface Evaluation {
        Object in(Scope scope);
    }

    /** A literal value. */
    record Constant(Object value) implements Expression {
        @Override
        public Object in(Scope scope) {
            return value;
        }

        @Override
        public void declare(BlockNames names) {
            // reads none
        }
    }

    /** A variable, read by its name. */
    record Variable(String name) implements Expression {
        @Override
        public Object in(Scope scope) {
            Object value = scope.get(name);
            return value == Scope.MISSING ? Undefined.variable(name) : value;
        }

        @Override
        public void declare(BlockNames names) {
            names.read(name);
        }
    }
}
