package dev.tempo.chat;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.PythonFunction;
import dev.tempo.chat.python.PythonObject;
import dev.tempo.chat.python.Repr;
import dev.tempo.chat.python.Tuple;
import dev.tempo.chat.python.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro as a value. It sees the block in which it is defined, not the one from which it is called. */
record Macro(Definition definition, BlockNames names, Body.Text body, Scope around)
        implements PythonFunction, PythonObject {
    private static final String CALLER = "caller";
    private static final String NAMED = "kwargs";
    private static final String FURTHER = "varargs";

    /**
     * The definition of a macro.
     *
     * @param name the macro's name; null for the statements in a call block
     * @param defaults the default values of the last parameters
     * @param read which of caller, kwargs and varargs the body reads without setting
     */
    record Definition(
            @Nullable String name, List<String> parameters, List<Expression> defaults, Body body, List<String> read) {

        boolean takes(String special) {
            return read.contains(special) && !parameters.contains(special);
        }

        void declare(BlockNames own) {
            parameters.forEach(own::parameter);
            defaults.forEach(value -> value.declare(own));
            body.declare(own);
            List.of(CALLER, NAMED, FURTHER).stream().filter(this::takes).forEach(own::parameter);
        }

        /** The function that makes the macro in a scope, for a block whose names are declared. */
        java.util.function.Function<Scope, Macro> within(BlockNames around) {
            BlockNames own = new BlockNames(around);
            declare(own);
            Body.Text text = body.textWithin(own);
            return scope -> new Macro(this, own, text, scope);
        }
    }

    @Override
    public Object call(Arguments given) {
        RenderContext context = around.context();
        int line = context.line();
        context.enterCall();
        Scope scope = around.enter(names);
        bind(given, scope);
        for (int i = 0; i < parameters().size(); i++) {
            String parameter = parameters().get(i);
            if (scope.get(parameter) == Scope.MISSING) {
                int place = i - parameters().size() + definition.defaults().size();
                scope.set(
                        parameter,
                        place < 0
                                ? new Undefined("parameter '" + parameter + "' was not provided")
                                : definition.defaults().get(place).in(scope));
            }
        }
        String text = body.in(scope).text();
        context.leaveCall(line);
        return text;
    }

    private List<String> parameters() {
        return definition.parameters();
    }

    private void bind(Arguments given, Scope scope) {
        List<Object> further = new ArrayList<>(given.positional());
        Map<String, Object> named = new LinkedHashMap<>(given.named());
        for (String parameter : parameters()) {
            Object value = further.isEmpty() ? named.remove(parameter) : further.remove(0);
            scope.set(parameter, value == null ? Scope.MISSING : value);
        }
        if (definition.takes(CALLER)) {
            Object caller = named.remove(CALLER);
            scope.set(CALLER, caller == null ? new Undefined("No caller defined") : caller);
        }
        if (definition.takes(NAMED)) {
            Dict rest = new Dict();
            named.forEach(rest::put);
            scope.set(NAMED, rest);
        } else if (!named.isEmpty()) {
            throw new IllegalArgumentException(described() + " takes no argument '"
                    + named.keySet().iterator().next() + "'");
        }
        if (definition.takes(FURTHER)) {
            scope.set(FURTHER, new Tuple(further));
        } else if (!further.isEmpty()) {
            throw new IllegalArgumentException(
                    described() + " takes not more than " + parameters().size() + " arguments");
        }
    }

    private String described() {
        return definition.name() == null ? "caller()" : "macro '" + definition.name() + "'";
    }

    @Override
    public @Nullable Object attribute(String attribute) {
        return switch (attribute) {
            case "name" -> definition.name() == null ? dev.tempo.chat.python.Python.NONE : definition.name();
            case "arguments" -> new Tuple(List.copyOf(parameters()));
            case "catch_kwargs" -> definition.takes(NAMED);
            case "catch_varargs" -> definition.takes(FURTHER);
            case CALLER -> definition.read().contains(CALLER);
            case "explicit_caller" -> parameters().contains(CALLER);
            default -> null;
        };
    }

    @Override
    public String repr() {
        return "<Macro " + (definition.name() == null ? "anonymous" : Repr.of(definition.name())) + ">";
    }
}
