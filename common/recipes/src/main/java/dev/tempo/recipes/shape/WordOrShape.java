package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlMapping;
import dev.tempo.recipes.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a section, or of a word in its place.
 *
 * @param values what each word stands for; empty for no value
 * @param wordOf the word to write for a value; null to write the section
 */
public record WordOrShape<T>(
        Map<String, Optional<T>> values, SectionShape<T> section, Function<T, @Nullable String> wordOf)
        implements Shape<Optional<T>> {

    @Override
    public Optional<T> read(RecipeValue source, ReadContext context) {
        if (source.node() instanceof YamlMapping) {
            return Optional.of(section.read(source, context));
        }
        String expected = words();
        YamlScalar scalar = source.scalar(expected);
        Optional<T> value = values.get(isFlag() ? scalar.text().toLowerCase(java.util.Locale.ROOT) : scalar.text());
        if (value == null) {
            throw source.error("must be " + expected + " but is " + scalar.shown()
                    + NearestWord.hint(scalar.text(), values.keySet()));
        }
        return value;
    }

    @Override
    public void refuseUnknown(RecipeValue source, ReadContext context) {
        section.refuseUnknown(source, context);
    }

    @Override
    public Object write(Optional<T> value, WriteContext context) {
        String word = value.map(wordOf).orElse(null);
        return word != null ? plain(word) : section.write(value.orElseThrow(), context);
    }

    @Override
    public String words() {
        return values.keySet().stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "))
                + " or a section";
    }

    @Override
    public Map<String, Object> schema() {
        List<Object> plain = new ArrayList<>();
        values.keySet().forEach(word -> plain.add(plain(word)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", List.of(new LinkedHashMap<>(Map.of("enum", plain)), section.schema()));
        return schema;
    }

    private boolean isFlag() {
        return values.containsKey("true");
    }

    private static Object plain(String word) {
        return word.equals("true") || word.equals("false") ? (Object) Boolean.valueOf(word) : word;
    }
}
