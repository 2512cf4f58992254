package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The shape of values under names that the recipe chooses; a name without a value is left out.
 *
 * @param item shape of each value
 * @param what the names are of
 * @param names what a name may be, for editors; the record says it to the reader
 */
public record NamedShape<T>(Shape<T> item, String what, Pattern names) implements Shape<Map<String, T>> {

    @Override
    public Map<String, T> read(RecipeValue source, ReadContext context) {
        Map<String, T> values = new LinkedHashMap<>();
        YamlMapping mapping = source.mapping();
        for (String name : mapping.entries().keySet()) {
            mapping.entry(name).ifPresent(entry -> values.put(name, item.read(source.field(name, entry), context)));
        }
        return values;
    }

    @Override
    public void refuseUnknown(RecipeValue source, ReadContext context) {
        if (source.node() instanceof YamlMapping mapping) {
            mapping.entries().forEach((name, entry) -> item.refuseUnknown(source.field(name, entry), context));
        }
    }

    @Override
    public Object write(Map<String, T> value, WriteContext context) {
        Map<String, Object> written = new TreeMap<>();
        value.forEach((name, one) -> written.put(name, item.write(one, context)));
        return written;
    }

    @Override
    public String words() {
        return item.words() + " by " + what;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("propertyNames", Map.of("pattern", "^" + names.pattern() + "$"));
        schema.put("additionalProperties", FieldSchema.orNothing(item.schema()));
        return schema;
    }
}
