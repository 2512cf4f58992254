package dev.tempo.recipes.yaml;

import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML file as it is written: aliases are replaced by what they name and {@code <<} by the fields it brings, a
 * repeated key is refused, and every scalar stays a text.
 */
public final class YamlFile {
    /** The largest number of values of a recipe; aliases count as often as they are used. */
    private static final int MOST_VALUES = 20_000;

    private static final int DEEPEST = 50;

    private final Path file;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    private YamlFile(Path file) {
        this.file = file;
    }

    /**
     * The keys and values of a file.
     *
     * @throws RecipeException naming file and line
     */
    public static YamlMapping read(Path file) {
        return new YamlFile(file).read();
    }

    private YamlMapping read() {
        Node root = compose(FileText.of(file));
        if (root == null
                || root instanceof ScalarNode scalar && Set.of("", "~", "null").contains(scalar.getValue())) {
            throw new RecipeException(file + ": is empty; './tempo init DIR' writes a recipe to begin with");
        }
        if (root instanceof MappingNode mapping) {
            return mapping(mapping);
        }
        throw new RecipeException(location(root) + ": is " + (root instanceof SequenceNode ? "a list" : "plain text")
                + " but a recipe is a mapping of fields, like 'name: mine'");
    }

    private @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setNestingDepthLimit(DEEPEST + 1);
        try {
            return new Composer(new ParserImpl(new StreamReader(text), options), new Untyped(), options)
                    .getSingleNode();
        } catch (YAMLException malformed) {
            throw YamlProblem.of(file, malformed);
        }
    }

    private YamlNode node(Node node) {
        if (++values > MOST_VALUES) {
            throw new RecipeException(location(node) + ": has more than " + MOST_VALUES
                    + " values once its aliases (*name) are written out; use fewer");
        }
        if (open.size() > DEEPEST) {
            throw new RecipeException(
                    location(node) + ": sections and lists are nested more than " + DEEPEST + " deep");
        }
        if (!open.add(node)) {
            throw new RecipeException(location(node) + ": is a part of itself by an alias (*name)");
        }
        try {
            if (node instanceof MappingNode mapping) {
                return mapping(mapping);
            } else if (node instanceof SequenceNode sequence) {
                refuseTag(sequence, Tag.SEQ);
                return new YamlList(
                        location(node),
                        sequence.getValue().stream().map(this::node).toList());
            } else if (node instanceof ScalarNode scalar) {
                refuseTag(scalar, Tag.STR);
                return new YamlScalar(location(node), scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
            }
            throw new IllegalStateException("neither mapping, list nor scalar: " + node);
        } finally {
            open.remove(node);
        }
    }

    private YamlMapping mapping(MappingNode node) {
        refuseTag(node, Tag.MAP);
        Map<String, YamlMapping.Entry> own = new LinkedHashMap<>();
        Map<String, YamlMapping.Entry> merged = new LinkedHashMap<>();
        Location merges = null;
        for (NodeTuple tuple : node.getValue()) {
            Location at = location(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)
                    || key.getValue().isEmpty()) {
                throw new RecipeException(at + ": a field's name must be a word, like 'name: mine'");
            }
            String name = key.getValue();
            if (name.equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                if (merges != null) {
                    throw twice(at, name, merges);
                }
                merges = at;
                merge(at, node(tuple.getValueNode()), merged);
            } else {
                YamlMapping.Entry before = own.put(name, new YamlMapping.Entry(at, node(tuple.getValueNode()), null));
                if (before != null) {
                    throw twice(at, name, before.location());
                }
            }
        }
        merged.forEach(own::putIfAbsent);
        return new YamlMapping(location(node), own, null);
    }

    private static void merge(Location at, YamlNode value, Map<String, YamlMapping.Entry> merged) {
        if (value instanceof YamlMapping section) {
            section.entries()
                    .forEach((name, entry) ->
                            merged.putIfAbsent(name, new YamlMapping.Entry(at, entry.value(), entry.location())));
        } else if (value instanceof YamlList list && list.items().stream().allMatch(YamlMapping.class::isInstance)) {
            list.items().forEach(item -> merge(at, item, merged));
        } else {
            throw new RecipeException(
                    at + ": << takes over the fields of a section, written as '<<: *name' with '&name'"
                            + " before that section, but here it is " + value.shown());
        }
    }

    private static RecipeException twice(Location at, String name, Location before) {
        return new RecipeException(
                at + ": '" + name + "' is written twice, before on line " + before.line() + "; keep one of them");
    }

    private void refuseTag(Node node, Tag usual) {
        if (!node.getTag().equals(usual)) {
            throw new RecipeException(location(node) + ": the tag '"
                    + node.getTag().getValue().replace(Tag.PREFIX, "!!") + "' means nothing in a recipe; leave it out");
        }
    }

    private Location location(Node node) {
        return new Location(file, node.getStartMark().getLine() + 1);
    }

    /** A resolver that leaves every scalar a text, since its field says what it means. */
    private static final class Untyped extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return switch (kind) {
                case mapping -> Tag.MAP;
                case sequence -> Tag.SEQ;
                default -> Tag.STR;
            };
        }
    }
}
