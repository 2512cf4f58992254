package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of whole numbers, or of a word that stands for one of no other spelling.
 *
 * @param word what stands for {@code value}
 */
public record WholeOrWordShape(WholeShape<Integer> whole, String word, int value) implements Shape<Integer> {

    @Override
    public Integer read(RecipeValue source, ReadContext context) {
        boolean isWord = source.node() instanceof YamlScalar scalar
                && scalar.plain()
                && scalar.text().equals(word);
        return isWord ? (Integer) value : whole.read(source, context);
    }

    @Override
    public Object write(Integer number, WriteContext context) {
        return number == value ? word : whole.write(number, context);
    }

    @Override
    public String words() {
        return whole.words() + ", or '" + word + "'";
    }

    @Override
    public Map<String, Object> schema() {
        List<Object> choices = new ArrayList<>(List.of(whole.schema(), Map.of("const", word)));
        return new LinkedHashMap<>(Map.of("anyOf", choices));
    }
}
