package dev.tempo.standalone.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One mapping of a recipe: typed look-ups whose errors name file, line and field, and a refusal of unknown fields. */
final class Section {
    private final YamlTree tree;
    private final MappingNode mapping;
    private final String path;
    private final Map<String, Node> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    Section(YamlTree tree, MappingNode mapping, String path) {
        this.tree = tree;
        this.mapping = mapping;
        this.path = path;
        for (NodeTuple entry : mapping.getValue()) {
            if (entries.put(YamlTree.text(entry.getKeyNode()), entry.getValueNode()) != null) {
                throw error(entry.getKeyNode(), YamlTree.text(entry.getKeyNode()), "is written twice");
            }
        }
    }

    boolean has(String field) {
        known.add(field);
        Node node = entries.get(field);
        return node != null && !Tag.NULL.equals(node.getTag());
    }

    String text(String field) {
        return scalar(field).getValue();
    }

    String text(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    @Nullable
    String textOrNull(String field) {
        return has(field) ? text(field) : null;
    }

    int integer(String field) {
        return parse(field, "a whole number", Integer::parseInt);
    }

    int integer(String field, int otherwise) {
        return has(field) ? integer(field) : otherwise;
    }

    long longInteger(String field, long otherwise) {
        return has(field) ? parse(field, "a whole number", Long::parseLong) : otherwise;
    }

    double number(String field) {
        return parse(field, "a number", Double::parseDouble);
    }

    double number(String field, double otherwise) {
        return has(field) ? number(field) : otherwise;
    }

    boolean flag(String field, boolean otherwise) {
        return !has(field)
                ? otherwise
                : parse(field, "true or false", value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException();
                });
    }

    /** A word of an enum, written in lower case with dashes. */
    <E extends Enum<E>> E word(String field, Class<E> type, Function<E, String> wordOf) {
        String value = text(field);
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(wordOf.apply(constant));
            if (wordOf.apply(constant).equals(value)) {
                return constant;
            }
        }
        throw error(scalar(field), field, "is '" + value + "' but must be one of " + words);
    }

    boolean isScalar(String field) {
        return has(field) && entries.get(field) instanceof ScalarNode;
    }

    boolean isScalar(String field, String value) {
        return has(field)
                && entries.get(field) instanceof ScalarNode scalar
                && scalar.getValue().equals(value);
    }

    Section section(String field) {
        known.add(field);
        Node node = required(field);
        if (node instanceof MappingNode nested) {
            return new Section(tree, nested, path + field + ".");
        }
        throw error(node, field, "must be a section of fields");
    }

    Map<String, Section> sections(String field) {
        Section parent = section(field);
        Map<String, Section> nested = new LinkedHashMap<>();
        for (String name : parent.entries.keySet()) {
            nested.put(name, parent.section(name));
        }
        return nested;
    }

    List<Section> list(String field) {
        List<Section> items = new ArrayList<>();
        for (Node item : sequence(field)) {
            if (!(item instanceof MappingNode nested)) {
                throw error(item, field, "must be a list of sections");
            }
            items.add(new Section(tree, nested, path + field + "[" + items.size() + "]."));
        }
        return items;
    }

    List<String> words(String field) {
        List<String> words = new ArrayList<>();
        for (Node item : sequence(field)) {
            if (!(item instanceof ScalarNode scalar)) {
                throw error(item, field, "must be a list of words");
            }
            words.add(scalar.getValue());
        }
        return words;
    }

    List<Double> numbers(String field, int count) {
        List<String> words = words(field);
        if (words.size() != count) {
            throw error(required(field), field, "needs " + count + " numbers but has " + words.size());
        }
        try {
            return words.stream().map(Double::parseDouble).toList();
        } catch (NumberFormatException notANumber) {
            throw error(required(field), field, "must hold numbers but is " + words);
        }
    }

    Map<String, List<String>> wordLists(String field) {
        Section nested = section(field);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        nested.entries.keySet().forEach(name -> lists.put(name, nested.words(name)));
        return lists;
    }

    /** Builds a record from this section; a refusal of the record's constructor gets this section's place. */
    <T> T build(Supplier<T> constructor) {
        T built;
        try {
            built = constructor.get();
        } catch (IllegalArgumentException refused) {
            throw new RecipeException(tree.where(mapping) + ": " + path + refused.getMessage());
        }
        refuseUnknown();
        return built;
    }

    RecipeException error(String field, String problem) {
        return error(entries.getOrDefault(field, mapping), field, problem);
    }

    /** The file that wrote this field, against which its paths are relative. */
    java.nio.file.Path fileOf(String field) {
        return tree.fileOf(required(field));
    }

    private void refuseUnknown() {
        for (NodeTuple entry : mapping.getValue()) {
            String field = YamlTree.text(entry.getKeyNode());
            if (!known.contains(field)) {
                String nearest = known.stream()
                        .min(Comparator.comparingInt(candidate -> distance(candidate, field)))
                        .filter(candidate -> distance(candidate, field) <= 3)
                        .map(candidate -> "; did you mean '" + candidate + "'?")
                        .orElse("; known fields: " + known);
                throw error(entry.getKeyNode(), field, "is no field of a recipe" + nearest);
            }
        }
    }

    private List<Node> sequence(String field) {
        known.add(field);
        Node node = required(field);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw error(node, field, "must be a list, like [a, b]");
    }

    private ScalarNode scalar(String field) {
        known.add(field);
        Node node = required(field);
        if (node instanceof ScalarNode scalar) {
            return scalar;
        }
        throw error(node, field, "must be a single value");
    }

    private Node required(String field) {
        Node node = entries.get(field);
        if (node == null) {
            throw error(mapping, field, "is missing");
        }
        return node;
    }

    private <T> T parse(String field, String expected, Function<String, T> parser) {
        String value = text(field);
        try {
            return parser.apply(value.replace("_", ""));
        } catch (IllegalArgumentException unreadable) {
            throw error(scalar(field), field, "must be " + expected + " but is '" + value + "'");
        }
    }

    private RecipeException error(Node node, String field, String problem) {
        return new RecipeException(tree.where(node) + ": " + path + field + " " + problem);
    }

    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
