package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shape of numbers within a range. */
public record NumberShape(NumberRange range) implements Shape<Double> {

    @Override
    public Double read(RecipeValue source, ReadContext context) {
        BigDecimal value = NumberText.of(source, "a number");
        range.check(source, value);
        double number = value.doubleValue();
        if (Double.isInfinite(number)) {
            throw source.error("is too large: " + source.node().shown());
        }
        if (number == 0 && value.signum() != 0) {
            throw source.error("is too near to 0: " + source.node().shown());
        }
        return number;
    }

    @Override
    public Object write(Double value, WriteContext context) {
        return value;
    }

    @Override
    public String words() {
        return "number" + range.words();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "number");
        range.into(schema);
        return schema;
    }
}
