package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlMapping;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A section of a recipe: its fields with their values. */
public final class Section {
    private final RecipeValue source;
    private final YamlMapping mapping;
    private final ReadContext context;

    public Section(RecipeValue source, YamlMapping mapping, ReadContext context) {
        this.source = source;
        this.mapping = mapping;
        this.context = context;
    }

    /** The value of a field, or its default where the recipe leaves it out. */
    public <T> T get(Field<?, T> field) {
        T value = find(field);
        if (value == null) {
            throw new IllegalStateException(field.name() + " has no value");
        }
        return value;
    }

    /** The value of a field, or its default where the recipe leaves it out; null where there is none. */
    public <T> @Nullable T find(Field<?, T> field) {
        return mapping.entry(field.name())
                .map(entry -> field.shape().read(source.field(field.name(), entry), context))
                .orElse(field.otherwise());
    }

    /** The value of a field that may hold a word in place of its section; null where that is nothing. */
    public <T> @Nullable T wordOrSection(Field<?, Optional<T>> field) {
        Optional<T> value = find(field);
        return value == null ? null : value.orElse(null);
    }

    public ReadContext context() {
        return context;
    }
}
