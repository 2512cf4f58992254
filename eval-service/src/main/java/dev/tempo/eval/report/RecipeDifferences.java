package dev.tempo.eval.report;

import dev.tempo.contract.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields in which recipes differ, each with its value in every one of them. */
final class RecipeDifferences {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** The number of last names of a path that are shown: enough to tell it from another. */
    private static final int NAMES = 2;

    static final String ABSENT = "-";

    private RecipeDifferences() {}

    /** Values by field ({@code stages[1].reward}), in the order of the recipes; fields with one value are left out. */
    static Map<String, List<String>> of(List<Recipe> recipes) {
        List<Map<String, String>> flat = recipes.stream()
                .map(recipe -> {
                    Map<String, String> fields = new LinkedHashMap<>();
                    flatten("", JSON.valueToTree(recipe), fields);
                    return fields;
                })
                .toList();
        Set<String> names = new LinkedHashSet<>();
        flat.forEach(fields -> names.addAll(fields.keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values = new ArrayList<>();
            flat.forEach(fields -> values.add(fields.getOrDefault(name, ABSENT)));
            if (values.stream().distinct().count() > 1) {
                differences.put(
                        name, values.stream().map(RecipeDifferences::shortened).toList());
            }
        }
        return differences;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> fields) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), fields));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), fields);
            }
        } else if (!node.isNull()) {
            fields.put(path, node.isValueNode() ? node.asString() : node.toString());
        }
    }

    private static String shortened(String value) {
        String[] names = value.startsWith("/") ? value.split("/") : new String[] {};
        return names.length <= NAMES
                ? value
                : "…/" + String.join("/", List.of(names).subList(names.length - NAMES, names.length));
    }
}
