package dev.tempo.standalone.recipe;

import java.util.List;

/** A list of values. */
record YamlList(Location location, List<YamlNode> items) implements YamlNode {
    YamlList {
        items = List.copyOf(items);
    }

    @Override
    public String shown() {
        return "a list";
    }
}
