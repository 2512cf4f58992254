package dev.tempo.chat;

import dev.tempo.chat.builtin.Namespace;
import dev.tempo.chat.python.Elements;
import java.util.List;

/** What a statement assigns to. */
sealed interface Target {

    void declareSet(BlockNames names);

    void declareParameter(BlockNames names);

    /** @throws IllegalArgumentException if the value does not fit */
    void assign(Scope scope, Object value);

    /** @throws IllegalArgumentException if it sets an attribute of something else than a namespace */
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

    /** Several targets, each of which gets one element. */
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
