package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.Spot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Words of which each means something.
 *
 * @param meanings of each word, for the reference
 */
public record WordShape<E extends Enum<E>>(List<E> constants, Function<E, String> meanings) implements Shape<E> {

    /** All constants of an enum. */
    public static <E extends Enum<E>> WordShape<E> of(Class<E> type, Function<E, String> meanings) {
        return new WordShape<>(List.of(type.getEnumConstants()), meanings);
    }

    @Override
    public E read(Spot spot, Reading reading) {
        String expected = "one of " + words();
        String written = spot.scalar(expected).text();
        for (E constant : constants) {
            if (Words.of(constant).equals(written)) {
                return constant;
            }
        }
        throw spot.error("must be " + expected + " but is " + spot.node().shown() + NearestWord.hint(written, all()));
    }

    @Override
    public Object write(E value, Writing writing) {
        return Words.of(value);
    }

    @Override
    public String words() {
        return String.join(", ", all());
    }

    /** The words with what they mean, each with a dash between. */
    public List<String> explained() {
        return constants.stream()
                .map(constant -> "`" + Words.of(constant) + "`: " + meanings.apply(constant))
                .toList();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("enum", all());
        return schema;
    }

    private List<String> all() {
        return constants.stream().map(Words::of).toList();
    }
}
