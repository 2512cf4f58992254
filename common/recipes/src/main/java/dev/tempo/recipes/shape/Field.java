package dev.tempo.recipes.shape;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a section, with its description for people: default, unit and meaning.
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

    /** Gives the field a default. */
    public Field<R, T> otherwise(T value) {
        required = false;
        otherwise = value;
        otherwiseWords = value instanceof Enum<?> word ? EnumWords.of(word) : NumberText.shown(value);
        return this;
    }

    /** Lets recipes leave the field out; {@code words} say what that means. */
    public Field<R, T> optional(String words) {
        required = false;
        otherwiseWords = words;
        return this;
    }

    /** Names the unit of the field. */
    public Field<R, T> in(String newUnit) {
        unit = newUnit;
        return this;
    }

    /** Says what the field means, in words of the reference. */
    public Field<R, T> means(String text) {
        meaning = text;
        return this;
    }

    /** Names the first version of TEMPO that reads the field. */
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

    /** The value of recipes without the field, in words; empty where the field is required. */
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

    /** The content to write for the field; null for none. */
    @Nullable
    Object written(R section, WriteContext context) {
        T value = getter.apply(section);
        return value == null ? null : shape.write(value, context);
    }
}
