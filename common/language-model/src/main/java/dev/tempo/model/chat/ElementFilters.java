package dev.tempo.model.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jinja's filters of lists, and of what else has elements. */
final class ElementFilters {
    private final String filter;
    private final List<@Nullable Object> arguments;
    private final Map<String, @Nullable Object> named;

    ElementFilters(String filter, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
        this.filter = filter;
        this.arguments = arguments;
        this.named = named;
    }

    @Nullable
    Object of(@Nullable Object value) {
        List<@Nullable Object> elements = PythonMethods.elements(value);
        return switch (filter) {
            case "list" -> elements;
            case "first" -> elements.isEmpty() ? null : elements.get(0);
            case "last" -> elements.isEmpty() ? null : elements.get(elements.size() - 1);
            case "reverse" -> {
                Collections.reverse(elements);
                yield value instanceof String
                        ? elements.stream().map(Python::text).collect(Collectors.joining())
                        : elements;
            }
            case "items" -> value instanceof Map<?, ?> map ? PythonMethods.items(map) : noMapping(value);
            case "dictsort" -> value instanceof Map<?, ?> map ? sortedItems(map) : noMapping(value);
            case "join" ->
                elements.stream()
                        .map(one -> Python.text(attributeOf(one, argument(1, "attribute", Python.NONE))))
                        .collect(Collectors.joining(Python.text(argument(0, "d", ""))));
            case "sort" -> sorted(elements);
            case "unique" -> unique(elements);
            case "sum" -> {
                Object sum = argument(1, "start", 0L);
                for (Object one : elements) {
                    sum = PythonOperators.apply("+", sum, attributeOf(one, argument(0, "attribute", Python.NONE)));
                }
                yield sum;
            }
            case "min" ->
                elements.stream()
                        .min((a, b) -> PythonOperators.compare("<", a, b))
                        .orElse(null);
            case "max" ->
                elements.stream()
                        .max((a, b) -> PythonOperators.compare("<", a, b))
                        .orElse(null);
            case "map" -> mapped(elements);
            default -> selected(elements);
        };
    }

    private List<@Nullable Object> mapped(List<@Nullable Object> elements) {
        List<@Nullable Object> mapped = new ArrayList<>();
        Object attribute = named.get("attribute");
        for (Object element : elements) {
            if (attribute != null) {
                Object value = attributeOf(element, attribute);
                mapped.add(value == null ? named.get("default") : value);
            } else {
                String name = Python.text(argument(0, "filter", null));
                Filters.requireKnown(name);
                mapped.add(Filters.apply(name, element, arguments.subList(1, arguments.size()), named));
            }
        }
        return mapped;
    }

    private List<@Nullable Object> selected(List<@Nullable Object> elements) {
        boolean ofAttribute = filter.endsWith("attr");
        boolean wanted = filter.startsWith("select");
        List<@Nullable Object> rest = ofAttribute ? arguments.subList(1, arguments.size()) : arguments;
        List<@Nullable Object> selected = new ArrayList<>();
        for (Object element : elements) {
            Object subject = ofAttribute ? attributeOf(element, arguments.get(0)) : element;
            boolean holds = rest.isEmpty()
                    ? Python.truth(subject)
                    : Predicates.holds(Python.text(rest.get(0)), subject, rest.subList(1, rest.size()));
            if (holds == wanted) {
                selected.add(element);
            }
        }
        return selected;
    }

    private static @Nullable Object attributeOf(@Nullable Object element, @Nullable Object path) {
        if (path == null || path == Python.NONE) {
            return element;
        }
        Object value = element;
        for (String name : Python.text(path).split("\\.", -1)) {
            boolean index = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
            value = index ? Subscripts.item(value, Long.parseLong(name)) : Subscripts.attribute(value, name);
        }
        return value;
    }

    private List<@Nullable Object> sorted(List<@Nullable Object> elements) {
        boolean exact = Python.truth(argument(1, "case_sensitive", false));
        Object attribute = argument(2, "attribute", Python.NONE);
        Comparator<@Nullable Object> order = (a, b) -> PythonOperators.compare(
                "<", folded(attributeOf(a, attribute), exact), folded(attributeOf(b, attribute), exact));
        elements.sort(Python.truth(argument(0, "reverse", false)) ? order.reversed() : order);
        return elements;
    }

    private static List<@Nullable Object> unique(List<@Nullable Object> elements) {
        List<@Nullable Object> seen = new ArrayList<>();
        List<@Nullable Object> unique = new ArrayList<>();
        for (Object element : elements) {
            if (!PythonOperators.contains(seen, folded(element, false))) {
                seen.add(folded(element, false));
                unique.add(element);
            }
        }
        return unique;
    }

    private static @Nullable Object folded(@Nullable Object value, boolean exact) {
        return !exact && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    private static List<@Nullable Object> sortedItems(Map<?, ?> map) {
        List<@Nullable Object> items = PythonMethods.items(map);
        items.sort((a, b) -> PythonOperators.compare(
                "<", folded(Subscripts.item(a, 0L), false), folded(Subscripts.item(b, 0L), false)));
        return items;
    }

    private @Nullable Object argument(int index, String name, @Nullable Object otherwise) {
        return index < arguments.size() ? arguments.get(index) : named.getOrDefault(name, otherwise);
    }

    private static Object noMapping(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        throw new IllegalArgumentException(PythonOperators.kind(value) + " is no mapping");
    }
}
