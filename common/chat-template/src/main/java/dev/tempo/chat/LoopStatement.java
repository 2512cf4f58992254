package dev.tempo.chat;

import dev.tempo.chat.builtin.Loop;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonGenerator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A for loop, {@code for … in … if … recursive … else … endfor}.
 *
 * @param test the condition behind {@code if}, for which items are left in; null for all
 * @param otherwise the statements behind {@code else}, run if no pass was completed
 */
record LoopStatement(
        Target target,
        Expression items,
        @Nullable Expression test,
        boolean recursive,
        Body body,
        Body otherwise,
        int line)
        implements Statement {
    private static final String LOOP = "loop";

    @Override
    public void declare(BlockNames names) {
        items.declare(names);
    }

    @Override
    public Step within(BlockNames names) {
        BlockNames pass = new BlockNames(names);
        pass.parameter(LOOP);
        target.declareParameter(pass);
        body.declare(pass);
        BlockNames testing = new BlockNames(names);
        target.declareParameter(testing);
        if (test != null) {
            test.declare(testing);
        }
        BlockNames elsewhere = new BlockNames(names);
        otherwise.declare(elsewhere);
        Passes passes = new Passes(this, pass, body.within(pass), testing, elsewhere, otherwise.within(elsewhere));
        return (scope, output) -> {
            scope.context().at(line);
            return passes.run(items.in(scope), scope, output, 0);
        };
    }

    /** The loop, ready to run. */
    private record Passes(
            LoopStatement loop, BlockNames pass, Step body, BlockNames testing, BlockNames elsewhere, Step otherwise) {

        Flow run(Object iterated, Scope scope, Output output, int depth) {
            Iterator<Object> items = Elements.iterator(iterated);
            Expression test = loop.test();
            Iterator<Object> chosen = test == null
                    ? items
                    : new PythonGenerator(new Chosen(items, loop.target(), test, scope.enter(testing)));
            Loop variable = new Loop(
                    iterated,
                    chosen,
                    depth,
                    loop.recursive()
                            ? given -> {
                                Output inner = new Output();
                                int line = scope.context().line();
                                scope.context().enterCall();
                                run(given.bind("iterable").get("iterable"), scope, inner, depth + 1);
                                scope.context().leaveCall(line);
                                return inner.text();
                            }
                            : null);
            boolean complete = false;
            while (variable.hasNext()) {
                scope.context().countPass();
                Scope inner = scope.enter(pass);
                inner.set(LOOP, variable);
                loop.target().assign(inner, variable.next());
                Flow flow = body.run(inner, output);
                scope.context().at(loop.line());
                complete |= flow == Flow.NEXT;
                if (flow == Flow.BREAK) {
                    break;
                }
            }
            return complete ? Flow.NEXT : otherwise.run(scope.enter(elsewhere), output);
        }
    }

    /** The items that pass the condition behind {@code if}. */
    private static final class Chosen implements Iterator<Object> {
        private final Iterator<Object> items;
        private final Target target;
        private final Expression test;
        private final Scope scope;
        private @Nullable Object next;

        Chosen(Iterator<Object> items, Target target, Expression test, Scope scope) {
            this.items = items;
            this.target = target;
            this.test = test;
            this.scope = scope;
        }

        @Override
        public boolean hasNext() {
            while (next == null && items.hasNext()) {
                Object candidate = items.next();
                scope.context().countPass();
                target.assign(scope, candidate);
                if (Python.truth(test.in(scope))) {
                    next = candidate;
                }
            }
            return next != null;
        }

        @Override
        public Object next() {
            Object chosen = hasNext() ? next : null;
            if (chosen == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return chosen;
        }
    }
}
