package dev.tempo.datasets.file;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The layout of objects that are not rows but hold rows, by columns or in lists, and how they become rows. */
public final class RowLayout {
    private static final String RECORDS = "; write rows: df.to_json(NEW, orient=\"records\", lines=True)";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private RowLayout() {}

    /** The problem of an object that should be a row, with what to do; empty for an object that may be one. */
    public static Optional<String> problem(JsonNode object) {
        Collection<String> names = object.propertyNames();
        if (names.isEmpty()) {
            return Optional.of("is an object without columns: {}");
        }
        if (names.size() <= 2 && object.path("error").isString()) {
            return Optional.of("is the error that a server gave in place of data: "
                    + object.path("error").asString() + ". Fetch the file again");
        }
        if (!holdsContainers(object)) {
            return Optional.empty();
        }
        if (object.path("columns").isArray() && object.path("data").isArray()) {
            return Optional.of("is a table in parts, as pandas' to_json(orient=\"split\") writes it" + RECORDS);
        }
        List<JsonNode> values = object.valueStream().toList();
        if (values.stream().allMatch(value -> value.isObject() && isNumbered(value))) {
            return Optional.of("is a table by columns, as pandas' to_json() writes it" + RECORDS);
        }
        if (isNumbered(object) && values.stream().allMatch(JsonNode::isObject)) {
            return Optional.of("is a table by row numbers, as pandas' to_json(orient=\"index\") writes it" + RECORDS);
        }
        boolean lists = names.size() > 1
                && values.stream()
                        .allMatch(value ->
                                value.isArray() && value.size() == values.get(0).size())
                && values.get(0).size() > 1
                && values.get(0).path(0).isValueNode();
        if (lists) {
            return Optional.of(
                    "is a table by columns, each a list; write rows: dataset.to_json(NEW) of the library datasets, or"
                            + " df.to_json(NEW, orient=\"records\", lines=True) of pandas");
        }
        return Optional.empty();
    }

    /** False of most rows, which nothing below is about. */
    private static boolean holdsContainers(JsonNode object) {
        for (JsonNode value : object) {
            if (value.isContainer()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumbered(JsonNode object) {
        return !object.isEmpty()
                && object.propertyNames().stream()
                        .allMatch(name -> NUMBER.matcher(name).matches());
    }
}
