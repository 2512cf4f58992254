package dev.tempo.recipes.yaml;

import java.util.List;

/** A list of values. */
public record YamlList(Location location, List<YamlNode> items) implements YamlNode {
    public YamlList {
        items = List.copyOf(items);
    }

    @Override
    public String shown() {
        return "a list";
    }
}
