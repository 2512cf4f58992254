package dev.tempo.recipes.shape;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of a section, with all that a person is told about it.
 *
 * @param <R> the record that the section becomes
 * @param <T> the field's value
 */
public final class Field<R, T> {
    private final String name;
    private final Shape<T> shape;
    private final Function<R, @Nullable T> getter;
    private boolean required = true;
    private @Nullable T otherwise;
    private String otherwiseWords = "";
    private String unit = "";
    private String meaning = "";
    private String since = "0.1";

    Field(String name, Shape<T> shape, Function<R, @Nullable T> getter) {
        this.name = name;
        this.shape = shape;
        this.getter = getter;
    }

    /** The value where the recipe has none. */
    public Field<R, T> otherwise(T value) {
        required = false;
        otherwise = value;
        otherwiseWords = value instanceof Enum<?> word ? EnumWords.of(word) : NumberText.shown(value);
        return this;
    }

    /** May be left out; {@code words} say what that means. */
    public Field<R, T> optional(String words) {
        required = false;
        otherwiseWords = words;
        return this;
    }

    public Field<R, T> in(String newUnit) {
        unit = newUnit;
        return this;
    }

    public Field<R, T> means(String text) {
        meaning = text;
        return this;
    }

    /** The first version of TEMPO that reads it. */
    Field<R, T> since(String version) {
        since = version;
        return this;
    }

    public String name() {
        return name;
    }

    public Shape<T> shape() {
        return shape;
    }

    public boolean isRequired() {
        return required;
    }

    @Nullable
    T otherwise() {
        return otherwise;
    }

    /** What a recipe without the field gets; empty where it is required. */
    public String otherwiseWords() {
        return otherwiseWords;
    }

    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    public String since() {
        return since;
    }

    /** What to write for the field; null for nothing. */
    @Nullable
    Object written(R section, WriteContext context) {
        T value = getter.apply(section);
        return value == null ? null : shape.write(value, context);
    }
}
