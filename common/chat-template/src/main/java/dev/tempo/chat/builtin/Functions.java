package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonFunction;
import dev.tempo.chat.python.PythonNumbers;
import dev.tempo.chat.python.PythonObject;
import dev.tempo.chat.python.PythonRange;
import dev.tempo.chat.python.Tuple;
import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template can call. */
public final class Functions {
    private Functions() {}

    /**
     * The functions by their names.
     *
     * @param clock the time that {@code strftime_now} takes
     */
    public static Map<String, Object> all(Clock clock) {
        PythonFunction raise = given -> {
            throw new IllegalArgumentException("the template refuses this: "
                    + Python.text(given.bind("message").get("message")));
        };
        PythonFunction random = given -> {
            throw new IllegalArgumentException("lipsum() is not supported: it writes at random");
        };
        PythonFunction now = given ->
                Strftime.format(LocalDateTime.now(clock), given.bind("format").text("format"));
        return Map.of(
                "range",
                (PythonFunction) Functions::range,
                "dict",
                new DictFunction(),
                "namespace",
                (PythonFunction) Namespace::new,
                "cycler",
                (PythonFunction) Cycler::new,
                "joiner",
                (PythonFunction) Functions::joiner,
                "lipsum",
                random,
                "raise_exception",
                raise,
                "strftime_now",
                now);
    }

    private static Object range(Arguments given) {
        List<Object> numbers = given.positional();
        if (numbers.isEmpty() || numbers.size() > 3 || !given.named().isEmpty()) {
            throw new IllegalArgumentException("range() takes one to three whole numbers");
        }
        long[] bounds = numbers.stream().mapToLong(Functions::bound).toArray();
        return switch (bounds.length) {
            case 1 -> new PythonRange(0, bounds[0], 1);
            case 2 -> new PythonRange(bounds[0], bounds[1], 1);
            default -> new PythonRange(bounds[0], bounds[1], bounds[2]);
        };
    }

    private static long bound(Object number) {
        BigInteger whole = PythonNumbers.whole(number);
        if (whole == null || whole.bitLength() > 50) {
            throw new IllegalArgumentException("range() takes whole numbers, not " + Python.kind(number));
        }
        return whole.longValue();
    }

    private static Object joiner(Arguments given) {
        Object separator = given.bind("sep=").get("sep", ", ");
        boolean[] used = new boolean[1];
        return (PythonFunction) call -> {
            call.bind();
            Object text = used[0] ? separator : "";
            used[0] = true;
            return text;
        };
    }

    /** The function {@code dict()}, with its method {@code dict.fromkeys()}. */
    private static final class DictFunction implements PythonFunction, PythonObject {
        @Override
        public Object call(Arguments arguments) {
            return Namespace.mapping(arguments);
        }

        @Override
        public @Nullable Object attribute(String name) {
            return name.equals("fromkeys") ? (PythonFunction) Dict::fromKeys : null;
        }

        @Override
        public String repr() {
            throw new IllegalArgumentException("a function cannot be printed; call it");
        }
    }

    /** jinja2's object {@code cycler}, which gives its items in turn. */
    private static final class Cycler implements PythonObject {
        private final List<Object> items;
        private int at;

        Cycler(Arguments given) {
            if (given.positional().isEmpty() || !given.named().isEmpty()) {
                throw new IllegalArgumentException("cycler() takes at least one value, and none with a name");
            }
            this.items = given.positional();
        }

        @Override
        public @Nullable Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(at);
                case "items" -> new Tuple(items);
                case "pos" -> BigInteger.valueOf(at);
                case "next" ->
                    (PythonFunction) given -> {
                        given.bind();
                        Object current = items.get(at);
                        at = (at + 1) % items.size();
                        return current;
                    };
                case "reset" ->
                    (PythonFunction) given -> {
                        given.bind();
                        at = 0;
                        return Python.NONE;
                    };
                default -> null;
            };
        }

        @Override
        public String repr() {
            throw new IllegalArgumentException("a cycler cannot be printed; call its next()");
        }
    }
}
