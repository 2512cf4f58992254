package dev.tempo.recipes;

import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.ListShape;
import dev.tempo.recipes.shape.NamedShape;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.Shape;
import dev.tempo.recipes.shape.WordOrShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON schema of a recipe (draft 7), which editors complete and check with. A recipe that extends another may leave out
 * what is required of others.
 */
final class RecipeSchema {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RecipeSchema() {}

    /** The schema as the text of a file. */
    static String text() {
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

    /** The schema of what a recipe that stands alone must have, section by section. */
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
