package dev.tempo.kept;

import java.util.List;

/** Texts as they are. */
final class TextForm implements Form<String> {
    @Override
    public List<String> fields(String value) {
        return List.of(value);
    }

    @Override
    public String value(List<String> fields) {
        return fields.get(0);
    }
}
