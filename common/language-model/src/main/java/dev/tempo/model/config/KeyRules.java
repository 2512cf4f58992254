package dev.tempo.model.config;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.device.MachineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The rules for the keys of a JSON object in a model's directory. An unknown key is refused, since it may say that the model
 * computes something else.
 *
 * @param known keys that are read, and keys whose value never changes what is computed here
 * @param neutral keys of features that are not supported, each with the number that leaves the feature off (NaN where every
 *     number turns it on); null, false and empty values leave it off too
 */
public record KeyRules(Set<String> known, Map<String, Double> neutral) {
    public KeyRules {
        known = Set.copyOf(known);
        neutral = Map.copyOf(neutral);
    }

    /**
     * Makes rules from lists of keys, separated by white space.
     *
     * @param known keys that are read or never change what is computed
     * @param off keys of features that are not supported, which the number 0 leaves off
     * @param neutral keys of features that are not supported, each with the number that leaves it off
     */
    public static KeyRules of(String known, String off, Map<String, Double> neutral) {
        Map<String, Double> all = new HashMap<>(neutral);
        words(off).forEach(key -> all.put(key, 0.0));
        return new KeyRules(words(known), all);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
    }

    /** The rules of an object that may also have the keys of another object. */
    KeyRules with(KeyRules other) {
        Set<String> allKnown = new HashSet<>(known);
        allKnown.addAll(other.known);
        Map<String, Double> allNeutral = new HashMap<>(other.neutral);
        allNeutral.putAll(neutral);
        return new KeyRules(allKnown, allNeutral);
    }

    /**
     * Refuses unknown keys and keys that turn on a feature that is not supported.
     *
     * @param prefix the path of the object within the file, which is put before keys in messages and in {@value
     *     MachineSettings#IGNORED_KEYS}
     * @throws ModelFormatException naming the file and every such key
     */
    public void check(Path file, String prefix, JsonNode object) {
        check(file, prefix, object, "");
    }

    /**
     * Refuses unknown keys and keys that turn on a feature that is not supported, with advice for the latter.
     *
     * @param prefix the path of the object within the file, which is put before keys in messages
     * @param advice what else to do about a feature that is not supported; follows the message as a sentence after a full
     *     stop
     * @throws ModelFormatException naming the file and every such key
     */
    public void check(Path file, String prefix, JsonNode object, String advice) {
        Set<String> ignored = Arrays.stream(
                        MachineSettings.of(MachineSettings.IGNORED_KEYS, "").split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        List<String> strangers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String key = field.getKey();
            if (!known.contains(key) && !ignored.contains(prefix + key) && asks(key, field.getValue())) {
                strangers.add(prefix + key);
                if (neutral.containsKey(key)) {
                    throw refusal(
                            file + ": " + prefix + key + " " + ConfigFields.shortened(field.getValue())
                                    + " is not supported" + advice,
                            List.of(prefix + key));
                }
            }
        }
        if (!strangers.isEmpty()) {
            throw refusal(
                    file + " has " + String.join(", ", strangers)
                            + ", which is not understood and may change what the model computes",
                    strangers);
        }
    }

    private static ModelFormatException refusal(String what, List<String> keys) {
        return new ModelFormatException(what + ". If the model is the same without, take it out of the file or set "
                + MachineSettings.variable(MachineSettings.IGNORED_KEYS) + "=" + String.join(",", keys)
                + " (docs/models.md, under Files)");
    }

    private boolean asks(String key, JsonNode value) {
        if (value.isNull()) {
            return false;
        }
        Double number = neutral.get(key);
        return number == null
                || !((value.isBoolean() && !value.asBoolean())
                        || (value.isContainer() && value.isEmpty())
                        || (value.isString() && value.asString().isEmpty())
                        || (value.isNumber() && value.asDouble(Double.NaN) == number));
    }
}
