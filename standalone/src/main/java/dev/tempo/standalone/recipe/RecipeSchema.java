package dev.tempo.standalone.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON schema of a recipe (draft 7), which editors complete and check with. A recipe that extends another may leave out
 * what is required of others.
 */
public final class RecipeSchema {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RecipeSchema() {}

    /** The schema as the text of a file. */
    public static String text() {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> parent = new LinkedHashMap<>();
        parent.put(
                "description", "Another recipe, of which this one says only what differs. Path relative to this file.");
        parent.put("type", "string");
        properties.put(Inheritance.EXTENDS, parent);
        properties.putAll(RecipeShape.RECIPE.properties());
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "TEMPO recipe");
        schema.put("description", RecipeShape.RECIPE.meaning());
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        schema.put("if", Map.of("required", List.of(Inheritance.EXTENDS)));
        schema.put("else", required(RecipeShape.RECIPE));
        return JSON.writeValueAsString(schema) + "\n";
    }

    /** A field's values with what a person is told about it. */
    static Map<String, Object> of(Field<?, ?> field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", field.meaning() + RecipeReference.unitAndDefault(field));
        Map<String, Object> values = field.shape().schema();
        values.remove("description");
        schema.putAll(field.isRequired() ? values : orNothing(values));
        Object otherwise = field.otherwise();
        if (otherwise != null) {
            schema.put("default", otherwise instanceof Enum<?> word ? Words.of(word) : otherwise);
        }
        return schema;
    }

    /** The same values, or none: what an empty field means. */
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

    /** What a recipe that stands alone must have, section by section. */
    private static Map<String, Object> required(Shape<?> shape) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (shape instanceof ListShape<?> list) {
            put(schema, "items", required(list.item()));
        } else if (shape instanceof NamedShape<?> named) {
            put(schema, "additionalProperties", required(named.item()));
        } else if (shape instanceof WordOrShape<?> either) {
            return required(either.section());
        } else if (shape instanceof SectionShape<?> section) {
            List<String> names = section.fields().stream()
                    .filter(Field::isRequired)
                    .map(Field::name)
                    .toList();
            put(schema, "required", names);
            Map<String, Object> within = new TreeMap<>();
            section.fields().forEach(field -> put(within, field.name(), required(field.shape())));
            put(schema, "properties", within);
        }
        return schema;
    }

    private static void put(Map<String, Object> schema, String key, Object value) {
        boolean empty =
                value instanceof Map<?, ?> map ? map.isEmpty() : value instanceof List<?> list && list.isEmpty();
        if (!empty) {
            schema.put(key, value);
        }
    }
}
