package dev.tempo.model.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of Python's str, dict and list that a template may call: those that change nothing. */
final class PythonMethods {
    private final String name;
    private final List<@Nullable Object> arguments;

    private PythonMethods(String name, List<@Nullable Object> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    /** @throws IllegalArgumentException if there is no such method, or it does not take these arguments */
    static @Nullable Object call(@Nullable Object on, String name, List<@Nullable Object> arguments) {
        PythonMethods method = new PythonMethods(name, arguments);
        if (on instanceof String text) {
            return method.ofText(text);
        } else if (on instanceof Map<?, ?> map) {
            return method.ofMapping(map);
        } else if (on instanceof Loop loop && name.equals("cycle")) {
            return arguments.get(loop.getIndex0() % arguments.size());
        } else if (on instanceof List<?> list) {
            return method.ofList(list);
        }
        throw method.unknown(on);
    }

    private @Nullable Object ofMapping(Map<?, ?> map) {
        return switch (name) {
            case "get" -> {
                Object value = map.get(argument(0));
                yield value != null ? value : arguments.size() > 1 ? arguments.get(1) : Python.NONE;
            }
            case "items" -> items(map);
            case "keys" -> new ArrayList<@Nullable Object>(map.keySet());
            case "values" -> new ArrayList<@Nullable Object>(map.values());
            default -> throw unknown(map);
        };
    }

    static List<@Nullable Object> items(Map<?, ?> map) {
        List<@Nullable Object> items = new ArrayList<>();
        map.forEach((key, value) -> items.add(Arrays.asList(key, value)));
        return items;
    }

    private Object ofList(List<?> list) {
        return switch (name) {
            case "count" ->
                list.stream().filter(one -> Python.equal(one, argument(0))).count();
            case "index" -> {
                for (int i = 0; i < list.size(); i++) {
                    if (Python.equal(list.get(i), argument(0))) {
                        yield (long) i;
                    }
                }
                throw new IllegalArgumentException(Python.literal(argument(0)) + " is not in the list");
            }
            default -> throw unknown(list);
        };
    }

    private Object ofText(String text) {
        return switch (name) {
            case "strip" -> PythonText.strip(text, optionalText(0), true, true);
            case "lstrip" -> PythonText.strip(text, optionalText(0), true, false);
            case "rstrip" -> PythonText.strip(text, optionalText(0), false, true);
            case "split" -> PythonText.split(text, optionalText(0), limit(1));
            case "rsplit" -> PythonText.splitFromRight(text, text(0), limit(1));
            case "splitlines" -> PythonText.lines(text);
            case "partition" -> PythonText.partition(text, text(0));
            case "rpartition" -> PythonText.partitionFromRight(text, text(0));
            case "startswith" -> anyOf(text::startsWith);
            case "endswith" -> anyOf(text::endsWith);
            case "removeprefix" -> text.startsWith(text(0)) ? text.substring(text(0).length()) : text;
            case "removesuffix" -> text.endsWith(text(0)) ? text.substring(0, text.length() - text(0).length()) : text;
            case "replace" -> PythonText.replace(text, text(0), text(1), limit(2));
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "title" -> PythonText.title(text);
            case "capitalize" -> PythonText.capitalized(text);
            case "find" -> (long) PythonText.codePoints(text, text.indexOf(text(0)));
            case "rfind" -> (long) PythonText.codePoints(text, text.lastIndexOf(text(0)));
            case "count" -> (long) PythonText.split(text, text(0), -1).size() - 1;
            case "join" ->
                PythonText.join(
                        elements(argument(0)).stream()
                                .map(PythonMethods::joinable)
                                .toList(),
                        text);
            case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
            case "isalpha" -> !text.isEmpty() && text.codePoints().allMatch(Character::isLetter);
            case "isspace" -> !text.isEmpty() && text.codePoints().allMatch(PythonText::isSpace);
            default -> throw unknown(text);
        };
    }

    private boolean anyOf(java.util.function.Predicate<String> matches) {
        Object given = argument(0);
        List<?> candidates = given instanceof List<?> list ? list : List.of(text(0));
        return candidates.stream().anyMatch(one -> one instanceof String part && matches.test(part));
    }

    private static String joinable(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("join() takes texts, but was given " + PythonOperators.kind(value));
    }

    /** What a loop or filter sees of a value: a list's items, a mapping's keys, a text's characters. */
    static List<@Nullable Object> elements(@Nullable Object value) {
        if (value == null) {
            return List.of();
        } else if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        } else if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        } else if (value instanceof String text) {
            return new ArrayList<>(
                    text.codePoints().mapToObj(Character::toString).toList());
        }
        throw new IllegalArgumentException(PythonOperators.kind(value) + " has no elements");
    }

    private @Nullable Object argument(int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(name + "() takes more than " + arguments.size() + " arguments");
        }
        return arguments.get(index);
    }

    private String text(int index) {
        if (argument(index) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(
                name + "() takes a text, but was given " + PythonOperators.kind(argument(index)));
    }

    private @Nullable String optionalText(int index) {
        return index >= arguments.size() || arguments.get(index) == Python.NONE ? null : text(index);
    }

    private int limit(int index) {
        return index < arguments.size() && Python.number(arguments.get(index)) instanceof Long limit
                ? limit.intValue()
                : -1;
    }

    private IllegalArgumentException unknown(@Nullable Object on) {
        return new IllegalArgumentException(PythonOperators.kind(on) + " has no method " + name + "()");
    }
}
