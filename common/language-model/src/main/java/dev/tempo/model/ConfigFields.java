package dev.tempo.model;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** The fields of an object in a config.json; errors name the file and the field. */
final class ConfigFields {
    private final Path file;
    private final String prefix;
    private final JsonNode node;

    /** @param prefix of the fields' names in messages: where in the file the object stands */
    ConfigFields(Path file, String prefix, JsonNode node) {
        this.file = file;
        this.prefix = prefix;
        this.node = node;
    }

    /** An object within this one. */
    ConfigFields inner(String field) {
        return new ConfigFields(file, prefix + field + ".", node.path(field));
    }

    JsonNode object() {
        return node;
    }

    JsonNode node(String field) {
        return node.path(field);
    }

    boolean present(String field) {
        return node.hasNonNull(field);
    }

    int whole(String field) {
        JsonNode value = node.path(field);
        if (!value.isInt()) {
            throw wrong(field, "must be a whole number");
        }
        return value.intValue();
    }

    double number(String field) {
        JsonNode value = node.path(field);
        if (!value.isNumber()) {
            throw wrong(field, "must be a number");
        }
        return value.doubleValue();
    }

    double number(String field, double otherwise) {
        return present(field) ? number(field) : otherwise;
    }

    String text(String field) {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw wrong(field, "must be a text");
        }
        return value.asString();
    }

    void expect(String field, Object actual, Object supported) {
        if (!actual.equals(supported)) {
            throw new ModelFormatException(
                    file + ": " + prefix + field + " " + actual + " is not supported; supported: " + supported);
        }
    }

    ModelFormatException wrong(String field, String complaint) {
        JsonNode value = node.path(field);
        String found = value.isMissingNode() ? "missing" : value.toString();
        return new ModelFormatException(file + ": " + prefix + field + " " + complaint + ", but is " + found);
    }
}
