package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.Location;
import dev.tempo.recipes.yaml.RecipeException;
import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a section: its fields, and the record that they become.
 *
 * @param <R> the record
 */
public abstract class SectionShape<R> implements Shape<R> {
    private static final Pattern FIRST_WORD = Pattern.compile("[A-Za-z]+");

    private final String meaning;
    private final List<Field<R, ?>> fields = new ArrayList<>();

    protected SectionShape(String meaning) {
        this.meaning = meaning;
    }

    /** Adds a field, which is required unless {@link Field#otherwise(Object)} or {@link Field#optional} is called on it. */
    protected final <T> Field<R, T> field(String name, Shape<T> shape, Function<R, @Nullable T> getter) {
        Field<R, T> field = new Field<>(name, shape, getter);
        fields.add(field);
        return field;
    }

    /** The record; its constructor's refusals begin with the name of the field they are about. */
    protected abstract R build(Section section);

    public final String meaning() {
        return meaning;
    }

    public final List<Field<R, ?>> fields() {
        return List.copyOf(fields);
    }

    public final List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public final R read(RecipeValue source, ReadContext context) {
        YamlMapping mapping = source.mapping();
        for (Field<R, ?> field : fields) {
            if (field.isRequired() && mapping.entry(field.name()).isEmpty()) {
                throw missing(source, mapping, field.name());
            }
        }
        try {
            return build(new Section(source, mapping, context));
        } catch (IllegalArgumentException refused) {
            throw refused(source, mapping, String.valueOf(refused.getMessage()));
        }
    }

    private static RecipeException missing(RecipeValue source, YamlMapping mapping, String name) {
        if (mapping.remark() != null) {
            return source.error(mapping.remark() + ", and '" + name + "' is missing");
        }
        YamlMapping.Entry empty = mapping.entries().get(name);
        return empty == null
                ? source.field(name, new YamlMapping.Entry(source.location(), mapping, source.mergedFrom()))
                        .error("is missing")
                : source.field(name, empty).error("is missing: nothing is written behind its ':'");
    }

    /** The error at the line of the field that a refusal is about. */
    private static RecipeException refused(RecipeValue source, YamlMapping mapping, String message) {
        Matcher first = FIRST_WORD.matcher(message);
        YamlMapping.Entry entry = first.lookingAt() ? mapping.entries().get(first.group()) : null;
        Location at = entry == null ? source.location() : entry.location();
        return new RecipeException(at + ": " + (source.path().isEmpty() ? "" : source.path() + ".") + message);
    }

    @Override
    public final void refuseUnknown(RecipeValue source, ReadContext context) {
        if (!(source.node() instanceof YamlMapping mapping)) {
            return;
        }
        List<String> names = names();
        mapping.entries().forEach((name, entry) -> {
            if (!names.contains(name)) {
                throw source.field(name, entry).error("is no field of a recipe" + advice(name, names, context));
            }
        });
        for (Field<R, ?> field : fields) {
            mapping.entry(field.name())
                    .ifPresent(entry -> field.shape().refuseUnknown(source.field(field.name(), entry), context));
        }
    }

    private static String advice(String name, List<String> names, ReadContext context) {
        String hint = NearestWord.hint(name, names);
        if (!hint.isEmpty()) {
            return hint;
        }
        List<String> elsewhere = context.sectionsOf().getOrDefault(name, List.of());
        return elsewhere.isEmpty()
                ? "; known fields here: " + String.join(", ", names)
                : " in this place; it belongs to " + String.join(" or to ", elsewhere);
    }

    @Override
    public final Object write(R value, WriteContext context) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (Field<R, ?> field : fields) {
            Object content = field.written(value, context);
            if (content != null) {
                written.put(field.name(), content);
            }
        }
        return written;
    }

    @Override
    public final String words() {
        return "section";
    }

    @Override
    public final Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", meaning);
        schema.put("properties", properties());
        schema.put("additionalProperties", false);
        return schema;
    }

    /** The JSON schema of each field. */
    public final Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), FieldSchema.of(field)));
        return properties;
    }
}
