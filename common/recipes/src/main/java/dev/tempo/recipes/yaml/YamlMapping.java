package dev.tempo.recipes.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys with values, in the order they are written.
 *
 * @param remark what to say beside a field that is missing here; null for nothing
 */
public record YamlMapping(
        Location location,
        Map<String, Entry> entries,
        @Nullable String remark) implements YamlNode {
    public YamlMapping {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * A key's value.
     *
     * @param location of the key; of {@code <<} where a merge key brought it
     * @param mergedFrom where the key itself stands if a merge key brought it, else null
     */
    public record Entry(
            Location location, YamlNode value, @Nullable Location mergedFrom) {

        public boolean isNothing() {
            return value instanceof YamlScalar scalar && scalar.isNothing();
        }
    }

    /** The key's value where it has one; {@code key: ~} has none. */
    public Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> !entry.isNothing());
    }

    /** The key's value where it is a single one. */
    public Optional<String> text(String key) {
        return entry(key)
                .map(Entry::value)
                .filter(YamlScalar.class::isInstance)
                .map(value -> ((YamlScalar) value).text());
    }

    public YamlMapping with(Map<String, Entry> others) {
        return new YamlMapping(location, others, remark);
    }

    public YamlMapping remarking(String text) {
        return new YamlMapping(location, entries, text);
    }

    @Override
    public String shown() {
        return "a section";
    }
}
