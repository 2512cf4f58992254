package dev.tempo.chat;

import dev.tempo.chat.python.Undefined;
import java.util.List;

/** A parsed Jinja expression. */
interface Expression {

    /** @throws IllegalArgumentException where jinja2 has an error */
    Object in(Scope scope);

    /** Says which names it reads. */
    void declare(BlockNames names);

    /** An expression that computes its value of those of others. */
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

    /** How an expression gets its value. */
    @FunctionalInterface
    interface Evaluation {
        Object in(Scope scope);
    }

    /** A value that stands in the template. */
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

    /** A name. */
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
