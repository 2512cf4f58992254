package dev.tempo.recipes.shape;

import dev.tempo.contract.Check;
import dev.tempo.recipes.yaml.RecipeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shape of names of runs and stages, which name directories on every machine. */
public record NameShape() implements Shape<String> {

    @Override
    public String read(RecipeValue source, ReadContext context) {
        String name = source.scalar("a name").text();
        try {
            Check.name("name", name);
        } catch (IllegalArgumentException refused) {
            String message = String.valueOf(refused.getMessage());
            throw source.error(message.substring("name ".length()));
        }
        return name;
    }

    @Override
    public Object write(String value, WriteContext context) {
        return value;
    }

    @Override
    public String words() {
        return "name of letters, digits, '.', '_' and '-'";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("string", "number", "boolean"));
        schema.put("pattern", "^" + Check.NAME.pattern() + "$");
        return schema;
    }
}
