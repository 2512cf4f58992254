package dev.tempo.recipes.yaml;

import java.util.Set;

/**
 * A single value as it is written.
 *
 * @param text without quotes
 * @param plain whether it is written without quotes
 */
public record YamlScalar(Location location, String text, boolean plain) implements YamlNode {
    private static final int SHOWN = 60;

    /** The texts that YAML 1.2 reads as no value. */
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    boolean isNothing() {
        return plain && NOTHING.contains(text);
    }

    @Override
    public String shown() {
        String line = text.replaceAll("\\s+", " ");
        return "'" + (line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…") + "'"
                + (plain ? "" : " in quotes");
    }
}
