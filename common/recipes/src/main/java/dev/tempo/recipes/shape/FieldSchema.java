package dev.tempo.recipes.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON schema of one field: its values, what a person is told about it, and its default. */
final class FieldSchema {
    private FieldSchema() {}

    /** The schema of a field: its values and its description. */
    static Map<String, Object> of(Field<?, ?> field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", field.meaning() + unitAndDefault(field));
        Map<String, Object> values = field.shape().schema();
        values.remove("description");
        schema.putAll(field.isRequired() ? values : orNothing(values));
        Object otherwise = field.otherwise();
        if (otherwise != null) {
            schema.put("default", otherwise instanceof Enum<?> word ? EnumWords.of(word) : otherwise);
        }
        return schema;
    }

    /** The schema of the same values or none, as an empty field has none. */
    static Map<String, Object> orNothing(Map<String, Object> values) {
        Map<String, Object> schema = new LinkedHashMap<>(values);
        if (values.get("enum") instanceof List<?> words) {
            schema.put("enum", with(words, null));
        } else if (values.get("anyOf") instanceof List<?> choices) {
            schema.put("anyOf", with(choices, Map.of("type", "null")));
        } else if (values.get("type") instanceof List<?> types) {
            schema.put("type", with(types, "null"));
        } else {
            schema.put("type", List.of(String.valueOf(values.get("type")), "null"));
        }
        return schema;
    }

    private static List<Object> with(List<?> some, @Nullable Object another) {
        List<Object> all = new ArrayList<>(some);
        all.add(another);
        return all;
    }

    /** The text " (unit; default: value)", without what a field does not have. */
    static String unitAndDefault(Field<?, ?> field) {
        String unit = field.unit();
        String otherwise = field.otherwiseWords().isEmpty() ? "" : "default: " + field.otherwiseWords();
        String both = unit + (unit.isEmpty() || otherwise.isEmpty() ? "" : "; ") + otherwise;
        return both.isEmpty() ? "" : " (" + both + ")";
    }
}
