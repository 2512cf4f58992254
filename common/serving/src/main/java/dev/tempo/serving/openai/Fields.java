package dev.tempo.serving.openai;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object, read one by one. What was not read is refused at the end, by name: nothing that a request says is
 * passed over in silence. A field that is null counts as one that is not there.
 */
final class Fields {
    private final ObjectNode object;
    private final String path;
    private final Set<String> known = new HashSet<>();

    /** @param path of the object within the request, empty for the request itself */
    Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The full name of a field. */
    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The value of a field; null where there is none. */
    @Nullable
    JsonNode node(String name) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    Optional<String> text(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isString()) {
            throw wrong(name, "must be a string");
        }
        return Optional.of(node.asString());
    }

    String neededText(String name) {
        return text(name)
                .orElseThrow(
                        () -> ApiException.invalid(path(name), "Missing required parameter: '" + path(name) + "'."));
    }

    boolean flag(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return false;
        }
        if (!node.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return node.booleanValue();
    }

    OptionalInt whole(String name, int least, int most) {
        JsonNode node = node(name);
        if (node == null) {
            return OptionalInt.empty();
        }
        if (!node.isInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong(name, "must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(node.intValue());
    }

    /** A whole number of 64 bits; null where there is none. */
    @Nullable
    Long large(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return null;
        }
        BigInteger value = node.isIntegralNumber() ? node.bigIntegerValue() : null;
        if (value == null || value.bitLength() >= Long.SIZE) {
            throw wrong(name, "must be a whole number of 64 bits");
        }
        return value.longValue();
    }

    double number(String name, double least, double most, double otherwise) {
        JsonNode node = node(name);
        if (node == null) {
            return otherwise;
        }
        double value = node.isNumber() ? node.doubleValue() : Double.NaN;
        if (!(value >= least && value <= most)) {
            throw wrong(name, "must be a number from " + plain(least) + " to " + plain(most));
        }
        return value;
    }

    /** The texts of a field that holds one or an array of them; empty where there is none. */
    List<String> texts(String name, int most) {
        JsonNode node = node(name);
        if (node == null) {
            return List.of();
        }
        if (node.isString()) {
            return List.of(node.asString());
        }
        String rule = "must be a string or an array of up to " + most + " strings";
        if (!node.isArray() || node.size() > most) {
            throw wrong(name, rule);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isString()) {
                throw wrong(name, rule);
            }
            texts.add(item.asString());
        }
        return texts;
    }

    Optional<Fields> fields(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ObjectNode inner)) {
            throw wrong(name, "must be an object");
        }
        return Optional.of(new Fields(inner, path(name)));
    }

    /** Fields that change nothing here, whatever they say. */
    void without(String... names) {
        known.addAll(List.of(names));
    }

    /** A field that may only say what is done anyway. */
    void only(String name, String why, String... allowed) {
        JsonNode node = node(name);
        if (node != null && !List.of(allowed).contains(node.toString())) {
            throw ApiException.invalid(
                    path(name),
                    "unsupported_value",
                    "Unsupported value: '" + path(name) + "' "
                            + (allowed.length == 0 ? "is not supported" : "may only be " + String.join(" or ", allowed))
                            + "; " + why + ".");
        }
    }

    ApiException wrong(String name, String rule) {
        return ApiException.invalid(
                path(name), "invalid_value", "Invalid value for '" + path(name) + "': it " + rule + ".");
    }

    /** Refuses what nobody has asked for. */
    void refuseOthers() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name) && !object.get(name).isNull()) {
                throw ApiException.invalid(
                        path(name),
                        "unknown_parameter",
                        "Unrecognized request argument supplied: " + path(name)
                                + ". What is not understood is refused, not passed over.");
            }
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
