package dev.tempo.model.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import com.hubspot.jinjava.objects.Namespace;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rendering: jinjava runs the statements, every expression is ours. A template sees the values it was given and
 * nothing of Java, and ends within bounds.
 */
final class ChatInterpreter extends JinjavaInterpreter implements Expression.Scope {
    static final int LONGEST = 1 << 22;
    private static final Set<String> FUNCTIONS =
            Set.of("namespace", "dict", "range", "raise_exception", "strftime_now");
    private static final int MOST_PASSES = 1_000_000;
    private static final int DEEPEST_CALL = 50;

    private final Map<String, Expression> parsed;
    private final Clock clock;
    private int passes;
    private int calls;

    ChatInterpreter(
            Jinjava jinjava, Context context, JinjavaConfig config, Map<String, Expression> parsed, Clock clock) {
        super(jinjava, context, config);
        this.parsed = parsed;
        this.clock = clock;
    }

    /** @param source what stands in a tag or between double braces */
    @Override
    public @Nullable Object resolveELExpression(String source, int line) {
        return evaluate(expression(source, line), line);
    }

    @Override
    public @Nullable Object resolveELExpression(String source, int line, int position) {
        return resolveELExpression(source, line);
    }

    @Override
    public String getAsString(@Nullable Object value) {
        return Python.text(value);
    }

    private Expression expression(String source, int line) {
        try {
            return parsed.computeIfAbsent(source, ExpressionParser::parse);
        } catch (IllegalArgumentException malformed) {
            throw error(malformed.getMessage() + ", in '" + source.strip() + "'", line);
        }
    }

    @Nullable
    Object evaluate(Expression expression, int line) {
        try {
            return expression.in(this);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw error(refused.getMessage(), line);
        }
    }

    LoopTag.LoopHead loopHead(String source, int line) {
        ExpressionParser.Filtered filtered;
        try {
            filtered = ExpressionParser.parseLoop(source);
        } catch (IllegalArgumentException malformed) {
            throw error(malformed.getMessage() + ", in '" + source.strip() + "'", line);
        }
        return new LoopTag.LoopHead(evaluate(filtered.items(), line), filtered.condition());
    }

    List<@Nullable Object> elements(@Nullable Object value, int line) {
        try {
            return PythonMethods.elements(value);
        } catch (IllegalArgumentException refused) {
            throw error(refused.getMessage(), line);
        }
    }

    void count(int line) {
        if (++passes > MOST_PASSES) {
            throw error("its loops run more than " + MOST_PASSES + " times", line);
        }
    }

    void limit(int length, int line) {
        if (length > LONGEST) {
            throw error("it writes more than " + LONGEST + " characters", line);
        }
    }

    InterpretException error(@Nullable String problem, int line) {
        return new InterpretException(problem, line);
    }

    @Override
    public @Nullable Object variable(String name) {
        Object value = getContext().get(name);
        boolean function =
                value == null && (FUNCTIONS.contains(name) || getContext().isGlobalMacro(name));
        return function ? new Expression.Function(name) : value;
    }

    @Override
    public @Nullable Object call(
            String function, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
        MacroFunction macro = getContext().getGlobalMacro(function);
        if (macro != null) {
            return call(macro, arguments, named);
        }
        return switch (function) {
            case "namespace", "dict" -> mapping(function, arguments, named);
            case "range" -> range(arguments);
            case "raise_exception" ->
                throw new IllegalArgumentException(
                        "the template refuses this: " + Python.text(arguments.isEmpty() ? null : arguments.get(0)));
            case "strftime_now" ->
                StrftimeFormatter.format(ZonedDateTime.now(clock), Python.text(arguments.get(0)), Locale.ENGLISH);
            default -> throw new IllegalArgumentException("there is no function " + function + "()");
        };
    }

    private Object call(MacroFunction macro, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
        if (++calls > DEEPEST_CALL) {
            throw new IllegalArgumentException("macros call each other deeper than " + DEEPEST_CALL);
        }
        int line = getLineNumber();
        List<@Nullable Object> all = new ArrayList<>(arguments);
        named.forEach((name, value) -> all.add(new com.hubspot.jinjava.el.ext.NamedParameter(name, value)));
        try {
            return macro.evaluate(all.toArray());
        } finally {
            setLineNumber(line);
            calls--;
        }
    }

    private static Map<String, @Nullable Object> mapping(
            String function, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (Object argument : arguments) {
            if (!(argument instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(
                        function + "() takes mappings, but was given " + PythonOperators.kind(argument));
            }
            map.forEach((key, value) -> entries.put(Python.text(key), value));
        }
        entries.putAll(named);
        return function.equals("namespace") ? new Namespace(entries) : entries;
    }

    private static List<@Nullable Object> range(List<@Nullable Object> arguments) {
        List<Long> bounds = new ArrayList<>();
        for (Object argument : arguments) {
            bounds.add((Long) Objects.requireNonNull(argument));
        }
        long start = bounds.size() > 1 ? bounds.get(0) : 0;
        long end = bounds.size() > 1 ? bounds.get(1) : bounds.get(0);
        long step = bounds.size() > 2 ? bounds.get(2) : 1;
        if (step == 0 || Math.abs((end - start) / step) > MOST_PASSES) {
            throw new IllegalArgumentException("range(" + start + ", " + end + ", " + step + ") is too long");
        }
        List<@Nullable Object> range = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            range.add(i);
        }
        return range;
    }
}
