package dev.tempo.model.config;

import dev.tempo.model.ModelFormatException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** The fields of a JSON object in a config file. Errors name the file and the field. */
public final class ConfigFields {
    private static final int LONGEST_SHOWN = 60;

    private final Path file;
    private final String prefix;
    private final JsonNode node;

    /** @param prefix the path of the object within the file, which messages put before field names */
    public ConfigFields(Path file, String prefix, JsonNode node) {
        this.file = file;
        this.prefix = prefix;
        this.node = node;
    }

    /** The fields of an object that is the value of a field. */
    ConfigFields inner(String field) {
        return new ConfigFields(file, prefix + field + ".", node.path(field));
    }

    public JsonNode object() {
        return node;
    }

    public JsonNode node(String field) {
        return node.path(field);
    }

    /** Whether a field is there with a value other than null. */
    public boolean present(String field) {
        return node.hasNonNull(field);
    }

    /**
     * The value of a required whole-number field.
     *
     * @throws ModelFormatException if the field is missing or not a whole number
     */
    public int whole(String field) {
        JsonNode value = node.path(field);
        if (!value.isInt()) {
            throw wrong(field, "must be a whole number");
        }
        return value.intValue();
    }

    /**
     * The value of a required number field.
     *
     * @throws ModelFormatException if the field is missing or not a number
     */
    public double number(String field) {
        JsonNode value = node.path(field);
        OptionalDouble number = value.isNumber() ? value.doubleValueOpt() : OptionalDouble.empty();
        if (number.isEmpty()) {
            throw wrong(field, "must be a number");
        }
        return number.getAsDouble();
    }

    double number(String field, double otherwise) {
        return present(field) ? number(field) : otherwise;
    }

    /**
     * The value of a true-or-false field, or a default if the field is missing.
     *
     * @throws ModelFormatException if the value is neither true nor false
     */
    boolean flag(String field, boolean otherwise) {
        if (!present(field)) {
            return otherwise;
        }
        JsonNode value = node.path(field);
        if (!value.isBoolean()) {
            throw wrong(field, "must be true or false");
        }
        return value.booleanValue();
    }

    public String text(String field, String otherwise) {
        return present(field) ? text(field) : otherwise;
    }

    /**
     * The value of a required text field.
     *
     * @throws ModelFormatException if the field is missing or not a text
     */
    public String text(String field) {
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

    /**
     * Refuses fields that the rules do not allow.
     *
     * @throws ModelFormatException naming the file and every such field
     */
    void check(KeyRules rules) {
        rules.check(file, prefix, node);
    }

    /** The text of a JSON value for a message, cut where it is long. */
    public static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + " ...";
    }

    /** The error of a field with a wrong value, which the message quotes. */
    public ModelFormatException wrong(String field, String complaint) {
        JsonNode value = node.path(field);
        String found = value.isMissingNode() ? "missing" : shortened(value);
        return refusal(field, complaint + ", but is " + found);
    }

    public ModelFormatException refusal(String field, String why) {
        return new ModelFormatException(file + ": " + prefix + field + " " + why);
    }
}
