package dev.tempo.chat;

import dev.tempo.chat.python.Python;
import java.util.List;
import java.util.function.Supplier;

/** The statements that take only a few lines each. */
final class Statements {
    private Statements() {}

    /** A piece of plain text. */
    record Data(String text) implements Statement {
        @Override
        public void declare(BlockNames names) {
            // names none
        }

        @Override
        public Step within(BlockNames names) {
            return (scope, output) -> {
                output.write(text);
                return Flow.NEXT;
            };
        }
    }

    /** An output tag: {@code {{ value }}}. */
    record Print(Expression value, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            value.declare(names);
        }

        @Override
        public Step within(BlockNames names) {
            return (scope, output) -> {
                scope.context().at(line);
                output.write(Python.text(value.in(scope)));
                return Flow.NEXT;
            };
        }
    }

    /** A {@code break} or {@code continue}. */
    record Interruption(Flow flow) implements Statement {
        @Override
        public void declare(BlockNames names) {
            // names none
        }

        @Override
        public Step within(BlockNames names) {
            return (scope, output) -> flow;
        }
    }

    /**
     * A condition, {@code if … elif … else …}, whose branches use the names of the surrounding block.
     *
     * @param others the elif branches, none of which has an else branch
     * @param otherwise the else branch
     */
    record Condition(Expression test, Body body, List<Condition> others, Body otherwise, int line)
            implements Statement {
        @Override
        public void declare(BlockNames names) {
            test.declare(names);
            BlockNames first = names.branch();
            body.declare(first);
            BlockNames second = names.branch();
            others.forEach(other -> other.declare(second));
            BlockNames last = names.branch();
            otherwise.declare(last);
            names.join(List.of(first, second, last));
        }

        @Override
        public Step within(BlockNames names) {
            Step then = body.within(names);
            List<Step> elifs =
                    others.stream().map(other -> other.body().within(names)).toList();
            Step otherwiseStep = otherwise.within(names);
            return (scope, output) -> {
                if (holds(scope)) {
                    return then.run(scope, output);
                }
                for (int i = 0; i < elifs.size(); i++) {
                    if (others.get(i).holds(scope)) {
                        return elifs.get(i).run(scope, output);
                    }
                }
                return otherwiseStep.run(scope, output);
            };
        }

        private boolean holds(Scope scope) {
            scope.context().at(line);
            return Python.truth(test.in(scope));
        }
    }

    /** An assignment: {@code set target = value}. */
    record Assignment(Target target, Expression value, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            value.declare(names);
            target.declareSet(names);
        }

        @Override
        public Step within(BlockNames names) {
            return (scope, output) -> {
                scope.context().at(line);
                target.requireNamespaces(scope);
                target.assign(scope, value.in(scope));
                return Flow.NEXT;
            };
        }
    }

    /** A block assignment, {@code set target | filter}, whose value is written between it and {@code endset}. */
    record AssignedBlock(Target target, FilterChain chain, Body body, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            target.declareSet(names);
        }

        @Override
        public Step within(BlockNames names) {
            return filteredText(body, chain, line, names, (scope, output, filtered) -> {
                target.requireNamespaces(scope);
                target.assign(scope, filtered.get());
            });
        }
    }

    /** A filter block: {@code filter name … endfilter}. */
    record FilteredBlock(FilterChain chain, Body body, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            chain.declare(names);
        }

        @Override
        public Step within(BlockNames names) {
            return filteredText(body, chain, line, names, (scope, output, filtered) -> {
                Object value = filtered.get();
                if (!Python.isText(value)) {
                    throw new IllegalArgumentException(
                            "the filter of a filter block makes " + Python.kind(value) + " of a text");
                }
                output.write(Python.text(value));
            });
        }
    }

    /** What a body wrote, filtered: what a statement does with it. */
    @FunctionalInterface
    private interface Use {
        void of(Scope scope, Output output, Supplier<Object> filtered);
    }

    /** Writes a body to a text, in names of its own, and puts it to use unless a break or continue ended it. */
    private static Statement.Step filteredText(Body body, FilterChain chain, int line, BlockNames names, Use use) {
        BlockNames own = new BlockNames(names);
        body.declare(own);
        chain.declare(own);
        Body.Text text = body.textWithin(own);
        return (scope, output) -> {
            Scope inner = scope.enter(own);
            Body.Written written = text.in(inner);
            if (written.flow() == Statement.Flow.NEXT) {
                scope.context().at(line);
                use.of(scope, output, () -> chain.apply(inner, written.text()));
            }
            return written.flow();
        };
    }

    /** {@code with name = value, … endwith}. */
    record With(List<Target> targets, List<Expression> values, Body body, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            values.forEach(value -> value.declare(names));
        }

        @Override
        public Step within(BlockNames names) {
            BlockNames own = new BlockNames(names);
            targets.forEach(target -> target.declareParameter(own));
            body.declare(own);
            Step inside = body.within(own);
            return (scope, output) -> {
                scope.context().at(line);
                Scope inner = scope.enter(own);
                for (int i = 0; i < targets.size(); i++) {
                    targets.get(i).assign(inner, values.get(i).in(scope));
                }
                return inside.run(inner, output);
            };
        }
    }
}
