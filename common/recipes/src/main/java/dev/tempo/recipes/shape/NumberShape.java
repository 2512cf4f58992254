package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.Spot;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers of a range. */
public record NumberShape(Range range) implements Shape<Double> {

    @Override
    public Double read(Spot spot, Reading reading) {
        BigDecimal value = Numbers.of(spot, "a number");
        range.check(spot, value);
        double number = value.doubleValue();
        if (Double.isInfinite(number)) {
            throw spot.error("is too large: " + spot.node().shown());
        }
        if (number == 0 && value.signum() != 0) {
            throw spot.error("is too near to 0: " + spot.node().shown());
        }
        return number;
    }

    @Override
    public Object write(Double value, Writing writing) {
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
