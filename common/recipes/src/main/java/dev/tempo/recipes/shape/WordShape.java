package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The shape of words that name the constants of an enum.
 *
 * @param meanings meaning of each word, for the reference
 */
public record WordShape<E extends Enum<E>>(List<E> constants, Function<E, String> meanings) implements Shape<E> {

    /** The shape of all constants of an enum. */
    public static <E extends Enum<E>> WordShape<E> of(Class<E> type, Function<E, String> meanings) {
        return new WordShape<>(List.of(type.getEnumConstants()), meanings);
    }

    @Override
    public E read(RecipeValue source, ReadContext context) {
        String expected = "one of " + words();
        String written = source.scalar(expected).text();
        for (E constant : constants) {
            if (EnumWords.of(constant).equals(written)) {
                return constant;
            }
        }
        throw source.error(
                "must be " + expected + " but is " + source.node().shown() + NearestWord.hint(written, all()));
    }

    @Override
    public Object write(E value, WriteContext context) {
        return EnumWords.of(value);
    }

    @Override
    public String words() {
        return String.join(", ", all());
    }

    /** The words with what they mean, each with a dash between. */
    public List<String> explained() {
        return constants.stream()
                .map(constant -> "`" + EnumWords.of(constant) + "`: " + meanings.apply(constant))
                .toList();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("enum", all());
        return schema;
    }

    private List<String> all() {
        return constants.stream().map(EnumWords::of).toList();
    }
}
