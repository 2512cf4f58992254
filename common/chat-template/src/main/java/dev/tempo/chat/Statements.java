package dev.tempo.chat;

import dev.tempo.chat.python.Python;
import java.util.List;
import java.util.function.Supplier;

/** The statements that need no more than a few lines. */
final class Statements {
    private Statements() {}

    /** Plain text. */
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

    /** {@code {{ value }}}. */
    record Print(Expression value, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            value.declare(names);
        }

        @Override
        public Step within(BlockNames names) {
            return (scope, output) -> {
                scope.rendering().at(line);
                output.write(Python.text(value.in(scope)));
                return Flow.NEXT;
            };
        }
    }

    /** {@code break} or {@code continue}. */
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
     * {@code if … elif … else …}, in the block around it.
     *
     * @param others the elif branches, none of which has an otherwise
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
            scope.rendering().at(line);
            return Python.truth(test.in(scope));
        }
    }

    /** {@code set target = value}. */
    record Assignment(Target target, Expression value, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            value.declare(names);
            target.declareSet(names);
        }

        @Override
        public Step within(BlockNames names) {
            return (scope, output) -> {
                scope.rendering().at(line);
                target.requireNamespaces(scope);
                target.assign(scope, value.in(scope));
                return Flow.NEXT;
            };
        }
    }

    /** {@code set target | filter}, with the value between it and {@code endset}. */
    record AssignedBlock(Target target, FilterChain filtering, Body body, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            target.declareSet(names);
        }

        @Override
        public Step within(BlockNames names) {
            return filteredText(body, filtering, line, names, (scope, output, filtered) -> {
                target.requireNamespaces(scope);
                target.assign(scope, filtered.get());
            });
        }
    }

    /** {@code filter name … endfilter}. */
    record FilteredBlock(FilterChain filtering, Body body, int line) implements Statement {
        @Override
        public void declare(BlockNames names) {
            filtering.declare(names);
        }

        @Override
        public Step within(BlockNames names) {
            return filteredText(body, filtering, line, names, (scope, output, filtered) -> {
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
    private static Statement.Step filteredText(Body body, FilterChain filtering, int line, BlockNames names, Use use) {
        BlockNames own = new BlockNames(names);
        body.declare(own);
        filtering.declare(own);
        Body.Text text = body.textWithin(own);
        return (scope, output) -> {
            Scope inner = scope.enter(own);
            Body.Written written = text.in(inner);
            if (written.flow() == Statement.Flow.NEXT) {
                scope.rendering().at(line);
                use.of(scope, output, () -> filtering.apply(inner, written.text()));
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
                scope.rendering().at(line);
                Scope inner = scope.enter(own);
                for (int i = 0; i < targets.size(); i++) {
                    targets.get(i).assign(inner, values.get(i).in(scope));
                }
                return inside.run(inner, output);
            };
        }
    }
}
