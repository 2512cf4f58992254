package dev.tempo.recipes;

import dev.tempo.recipes.shape.NearestWord;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.yaml.Location;
import dev.tempo.recipes.yaml.RecipeException;
import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlFile;
import dev.tempo.recipes.yaml.YamlList;
import dev.tempo.recipes.yaml.YamlMapping;
import dev.tempo.recipes.yaml.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The merge of a recipe with the one that it extends, value by value: a child's value replaces its parent's, sections
 * merge, and stages merge by name. Every value keeps the file and line it was written in.
 */
final class Inheritance {
    static final String EXTENDS = "extends";
    private static final String NAME = "name";

    private Inheritance() {}

    /**
     * The merged values of a recipe and all that it extends.
     *
     * @throws RecipeException naming file and line
     */
    static YamlMapping read(Path file) {
        return read(file, List.of());
    }

    private static YamlMapping read(Path file, List<Path> descendants) {
        YamlMapping own = YamlFile.read(file);
        YamlMapping.Entry parent = own.entries().get(EXTENDS);
        if (parent == null) {
            return own;
        }
        Map<String, YamlMapping.Entry> others = new LinkedHashMap<>(own.entries());
        others.remove(EXTENDS);
        List<Path> chain = new ArrayList<>(descendants);
        chain.add(real(file));
        return merged(read(parentFile(parent, chain), chain), own.with(others));
    }

    private static Path parentFile(YamlMapping.Entry parent, List<Path> chain) {
        RecipeValue source = new RecipeValue(parent.value(), parent.location(), EXTENDS, parent.mergedFrom());
        if (parent.isNothing()) {
            throw source.error("names no file; write the recipe that this one changes, or leave the line out");
        }
        Path file =
                PathShape.file(source, source.scalar("the file of one recipe").text());
        if (!Files.exists(file)) {
            throw source.error("names " + source.node().shown() + ", but there is no such file: " + file);
        }
        if (chain.contains(real(file))) {
            throw source.error("goes round in a circle: "
                    + chain.subList(chain.indexOf(real(file)), chain.size()).stream()
                            .map(Path::getFileName)
                            .map(String::valueOf)
                            .collect(Collectors.joining(" extends "))
                    + " extends " + file.getFileName());
        }
        return file;
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException vanished) {
            throw new UncheckedIOException(file + " cannot be read", vanished);
        }
    }

    private static YamlMapping merged(YamlMapping parent, YamlMapping child) {
        Map<String, YamlMapping.Entry> merged = new LinkedHashMap<>(parent.entries());
        child.entries()
                .forEach((key, entry) -> merged.merge(
                        key,
                        entry,
                        (old, own) -> new YamlMapping.Entry(
                                own.location(), merged(key, old.value(), own.value()), own.mergedFrom())));
        return child.with(merged);
    }

    private static YamlNode merged(String key, YamlNode parent, YamlNode child) {
        if (parent instanceof YamlMapping old && child instanceof YamlMapping own) {
            return merged(old, own);
        }
        if (parent instanceof YamlList old
                && child instanceof YamlList own
                && old.items().stream().anyMatch(Inheritance::isNamed)
                && own.items().stream().anyMatch(YamlMapping.class::isInstance)) {
            return byName(key, old, own);
        }
        return child;
    }

    private static YamlList byName(String key, YamlList parent, YamlList child) {
        List<YamlNode> merged = new ArrayList<>(parent.items());
        Map<String, Location> seen = new LinkedHashMap<>();
        for (YamlNode item : child.items()) {
            if (!(item instanceof YamlMapping own) || !isNamed(item)) {
                throw new RecipeException(
                        item.location() + ": " + key + " of a recipe that extends another need a 'name'"
                                + " each, which says what to change of " + known(parent));
            }
            String name = own.text(NAME).orElseThrow();
            Location before = seen.put(name, item.location());
            if (before != null) {
                throw new RecipeException(item.location() + ": '" + name + "' of " + key
                        + " is written twice, before on line " + before.line() + "; keep one of them");
            }
            int at = indexOf(parent, name);
            if (at >= 0) {
                merged.set(at, merged((YamlMapping) parent.items().get(at), own));
            } else {
                merged.add(own.remarking("'" + name + "' is not among the " + key + " of "
                        + parent.location().file().getFileName() + ", " + known(parent)
                        + NearestWord.of(name, names(parent))
                                .map(near -> " (did you mean '" + near + "'?)")
                                .orElse("")
                        + "; a new one needs all its fields"));
            }
        }
        return new YamlList(child.location(), merged);
    }

    private static String known(YamlList parent) {
        return String.join(", ", names(parent));
    }

    private static List<String> names(YamlList list) {
        return list.items().stream()
                .map(item -> item instanceof YamlMapping mapping ? mapping.text(NAME) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .toList();
    }

    private static int indexOf(YamlList list, String name) {
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof YamlMapping item
                    && item.text(NAME).filter(name::equals).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNamed(YamlNode node) {
        return node instanceof YamlMapping mapping && mapping.text(NAME).isPresent();
    }
}
