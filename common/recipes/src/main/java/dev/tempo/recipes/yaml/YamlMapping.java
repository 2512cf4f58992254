package dev.tempo.recipes.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of keys to values, in the order in which they are written.
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
     * The value of a key.
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

    /** The value of a key; empty where there is none, as in {@code key: ~}. */
    public Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> !entry.isNothing());
    }

    /** The text of a key; empty where its value is a list or a mapping. */
    public Optional<String> text(String key) {
        return entry(key)
                .map(Entry::value)
                .filter(YamlScalar.class::isInstance)
                .map(value -> ((YamlScalar) value).text());
    }

    /** This mapping with other entries. */
    public YamlMapping with(Map<String, Entry> others) {
        return new YamlMapping(location, others, remark);
    }

    /** This mapping with a remark for missing fields. */
    public YamlMapping remarking(String text) {
        return new YamlMapping(location, entries, text);
    }

    @Override
    public String shown() {
        return "a section";
    }
}
