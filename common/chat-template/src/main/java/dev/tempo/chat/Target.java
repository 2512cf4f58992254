package dev.tempo.chat;

import dev.tempo.chat.builtin.Namespace;
import dev.tempo.chat.python.Elements;
import java.util.List;

/** A target of an assignment. */
sealed interface Target {

    void declareSet(BlockNames names);

    void declareParameter(BlockNames names);

    /**
     * Assigns a value.
     *
     * @throws IllegalArgumentException if the value does not fit
     */
    void assign(Scope scope, Object value);

    /**
     * Checks, before any value is assigned, that attributes are set of namespaces only.
     *
     * @throws IllegalArgumentException if the target is an attribute of something else
     */
    void requireNamespaces(Scope scope);

    /** A variable. */
    record Name(String name) implements Target {
        @Override
        public void declareSet(BlockNames names) {
            names.set(name);
        }

        @Override
        public void declareParameter(BlockNames names) {
            names.parameter(name);
        }

        @Override
        public void assign(Scope scope, Object value) {
            scope.set(name, value);
        }

        @Override
        public void requireNamespaces(Scope scope) {
            // needs none
        }
    }

    /** An attribute of a namespace. */
    record Attribute(String namespace, String name) implements Target {
        @Override
        public void declareSet(BlockNames names) {
            names.read(namespace);
        }

        @Override
        public void declareParameter(BlockNames names) {
            names.read(namespace);
        }

        @Override
        public void assign(Scope scope, Object value) {
            namespaceIn(scope).set(name, value);
        }

        @Override
        public void requireNamespaces(Scope scope) {
            namespaceIn(scope);
        }

        private Namespace namespaceIn(Scope scope) {
            if (scope.get(namespace) instanceof Namespace space) {
                return space;
            }
            throw new IllegalArgumentException("'" + namespace + "' is no namespace, so '" + namespace + "." + name
                    + "' cannot be set; make it with namespace()");
        }
    }

    /** A list of targets, each of which gets one element of the value. */
    record Several(List<Target> targets) implements Target {
        @Override
        public void declareSet(BlockNames names) {
            targets.forEach(target -> target.declareSet(names));
        }

        @Override
        public void declareParameter(BlockNames names) {
            targets.forEach(target -> target.declareParameter(names));
        }

        @Override
        public void assign(Scope scope, Object value) {
            List<Object> parts = Elements.list(value);
            if (parts.size() != targets.size()) {
                throw new IllegalArgumentException(
                        "cannot set " + targets.size() + " names to " + parts.size() + " values");
            }
            for (int i = 0; i < parts.size(); i++) {
                targets.get(i).assign(scope, parts.get(i));
            }
        }

        @Override
        public void requireNamespaces(Scope scope) {
            targets.forEach(target -> target.requireNamespaces(scope));
        }
    }
}
