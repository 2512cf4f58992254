package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonFunction;
import dev.tempo.chat.python.PythonGenerator;
import dev.tempo.chat.python.PythonObject;
import dev.tempo.chat.python.Tuple;
import dev.tempo.chat.python.Undefined;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} of a for statement. Called as a function, it renders the loop again over other items. */
public final class Loop implements PythonObject, PythonFunction {
    private final int depth;
    private final @Nullable PythonFunction again;
    private Iterator<Object> items;
    private @Nullable Integer length;
    private @Nullable Object before;
    private @Nullable Object current;
    private @Nullable Object after;
    private @Nullable Tuple changed;
    private int index = -1;

    /**
     * Makes the variable for a loop that begins.
     *
     * @param iterated the value that is looped over
     * @param items its items
     * @param depth the number of recursive loops around this one
     * @param again renders the loop again over other items; null if the loop is not recursive
     */
    public Loop(Object iterated, Iterator<Object> items, int depth, @Nullable PythonFunction again) {
        this.items = items;
        this.depth = depth;
        this.again = again;
        this.length = iterated instanceof PythonGenerator || items instanceof PythonGenerator
                ? null
                : Elements.length(iterated);
    }

    public boolean hasNext() {
        return after != null || items.hasNext();
    }

    public Object next() {
        Object next = after == null ? items.next() : after;
        after = null;
        index++;
        before = current;
        current = next;
        return next;
    }

    private @Nullable Object peek() {
        if (after == null && items.hasNext()) {
            after = items.next();
        }
        return after;
    }

    private int length() {
        if (length == null) {
            List<Object> rest = Elements.list(new PythonGenerator(items));
            items = rest.iterator();
            length = rest.size() + index + 1 + (after == null ? 0 : 1);
        }
        return length;
    }

    @Override
    public @Nullable Object attribute(String name) {
        return switch (name) {
            case "index" -> BigInteger.valueOf(index + 1L);
            case "index0" -> BigInteger.valueOf(index);
            case "revindex" -> BigInteger.valueOf((long) length() - index);
            case "revindex0" -> BigInteger.valueOf(length() - index - 1L);
            case "first" -> index == 0;
            case "last" -> peek() == null;
            case "length" -> BigInteger.valueOf(length());
            case "depth" -> BigInteger.valueOf(depth + 1L);
            case "depth0" -> BigInteger.valueOf(depth);
            case "previtem" -> before == null || index == 0 ? new Undefined("there is no previous item") : before;
            case "nextitem" -> {
                Object next = peek();
                yield next == null ? new Undefined("there is no next item") : next;
            }
            case "cycle" -> (PythonFunction) this::cycle;
            case "changed" -> (PythonFunction) this::hasChanged;
            default -> null;
        };
    }

    private Object cycle(Arguments given) {
        List<Object> values = given.positional();
        if (values.isEmpty() || !given.named().isEmpty()) {
            throw new IllegalArgumentException("loop.cycle() takes at least one value, and none with a name");
        }
        return values.get(index % values.size());
    }

    private Object hasChanged(Arguments given) {
        if (!given.named().isEmpty()) {
            throw new IllegalArgumentException("loop.changed() takes no values with a name");
        }
        Tuple values = new Tuple(given.positional());
        if (changed != null && Python.equal(changed, values)) {
            return false;
        }
        changed = values;
        return true;
    }

    @Override
    public Object call(Arguments arguments) {
        if (again == null) {
            throw new IllegalArgumentException("loop() needs a loop that is 'recursive'");
        }
        return again.call(arguments);
    }

    @Override
    public String repr() {
        return "<LoopContext " + (index + 1) + "/" + length() + ">";
    }
}
