package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shape of truth values, which are written as in YAML 1.2. */
public record FlagShape() implements Shape<Boolean> {

    @Override
    public Boolean read(RecipeValue source, ReadContext context) {
        YamlScalar scalar = source.scalar("true or false");
        return switch (scalar.plain() ? scalar.text() : "") {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw source.mustBe("true or false");
        };
    }

    @Override
    public Object write(Boolean value, WriteContext context) {
        return value;
    }

    @Override
    public String words() {
        return "true or false";
    }

    @Override
    public Map<String, Object> schema() {
        return new LinkedHashMap<>(Map.of("type", "boolean"));
    }
}
