package dev.tempo.eval;

import dev.tempo.kept.Form;
import java.util.List;
import java.util.OptionalDouble;

/** The critic's last values on disk. */
final class LastValueForm implements Form<OptionalDouble> {
    @Override
    public List<String> fields(OptionalDouble value) {
        return value.isPresent() ? List.of(Double.toString(value.getAsDouble())) : List.of();
    }

    @Override
    public OptionalDouble value(List<String> fields) {
        return fields.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(fields.get(0)));
    }
}
