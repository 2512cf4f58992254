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
 * What may stand in a JSON object of a model's directory. A key that nobody here understands is refused, since it may say that
 * the model computes something else.
 *
 * @param known keys that are read, and keys that change nothing of what is computed here whatever they say
 * @param neutral keys of what is not done here, each with the number by which it is not asked for (NaN where every number
 *     asks for it); null, false and what is empty do not ask for it either
 */
public record KeyRules(Set<String> known, Map<String, Double> neutral) {
    public KeyRules {
        known = Set.copyOf(known);
        neutral = Map.copyOf(neutral);
    }

    /** @param off keys of what is not done here, which 0 does not ask for */
    public static KeyRules of(String known, String off, Map<String, Double> neutral) {
        Map<String, Double> all = new HashMap<>(neutral);
        words(off).forEach(key -> all.put(key, 0.0));
        return new KeyRules(words(known), all);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
    }

    /** The rules of an object that may have another one's keys, too. */
    KeyRules with(KeyRules other) {
        Set<String> allKnown = new HashSet<>(known);
        allKnown.addAll(other.known);
        Map<String, Double> allNeutral = new HashMap<>(other.neutral);
        allNeutral.putAll(neutral);
        return new KeyRules(allKnown, allNeutral);
    }

    /**
     * Refuses what is not understood.
     *
     * @param prefix of keys in messages and in {@value MachineSettings#IGNORED_KEYS}: where in the file the object stands
     * @throws ModelFormatException naming the file and every such key
     */
    public void check(Path file, String prefix, JsonNode object) {
        check(file, prefix, object, "");
    }

    /** @param advice what else to do about keys of what is not done, as a sentence after a full stop */
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
                        || (value.isNumber() && value.doubleValue() == number));
    }
}
