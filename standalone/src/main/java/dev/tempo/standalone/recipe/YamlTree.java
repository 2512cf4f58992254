package dev.tempo.standalone.recipe;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file with the files it extends, merged node by node: a child's entry replaces its parent's, sections merge, and
 * items of a list of named sections merge by name. Every node keeps the file and line it was written in.
 */
final class YamlTree {
    private final IdentityHashMap<Node, Path> fileOf = new IdentityHashMap<>();
    private final MappingNode root;

    private YamlTree(Path file, List<Path> chain) {
        if (chain.contains(file)) {
            throw new RecipeException(file + ": extends itself through " + chain);
        }
        MappingNode own = compose(file);
        Optional<String> parent = scalar(own, "extends");
        if (parent.isEmpty()) {
            root = own;
            return;
        }
        List<Path> longer = new ArrayList<>(chain);
        longer.add(file);
        YamlTree base = new YamlTree(file.resolveSibling(parent.get()).normalize(), longer);
        fileOf.putAll(base.fileOf);
        remove(own, "extends");
        root = merge(base.root, own);
    }

    static YamlTree read(Path file) {
        return new YamlTree(file, List.of());
    }

    MappingNode root() {
        return root;
    }

    /** "file:line" of a node. */
    String where(Node node) {
        return fileOf.get(node) + ":" + (node.getStartMark().getLine() + 1);
    }

    /** The file a node was written in. */
    Path fileOf(Node node) {
        Path file = fileOf.get(node);
        if (file == null) {
            throw new IllegalStateException("a node without a file: " + node);
        }
        return file;
    }

    private MappingNode compose(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Node node = new Yaml().compose(reader);
            if (!(node instanceof MappingNode mapping)) {
                throw new RecipeException(file + ": a recipe is a YAML mapping (name: …, data: …)");
            }
            remember(node, file);
            return mapping;
        } catch (NoSuchFileException missing) {
            throw new RecipeException(file + ": no such recipe file");
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null
                    ? 0
                    : malformed.getProblemMark().getLine() + 1;
            throw new RecipeException(file + ":" + line + ": not valid YAML: " + malformed.getProblem());
        } catch (IOException unreadable) {
            throw new RecipeException(file + ": cannot be read: " + unreadable.getMessage());
        }
    }

    private void remember(Node node, Path file) {
        if (fileOf.put(node, file) != null) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                remember(entry.getKeyNode(), file);
                remember(entry.getValueNode(), file);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> remember(item, file));
        }
    }

    private MappingNode merge(MappingNode parent, MappingNode child) {
        List<NodeTuple> merged = new ArrayList<>(parent.getValue());
        for (NodeTuple entry : child.getValue()) {
            int at = indexOf(merged, text(entry.getKeyNode()));
            if (at < 0) {
                merged.add(entry);
            } else {
                merged.set(
                        at,
                        new NodeTuple(
                                entry.getKeyNode(), mergeValues(merged.get(at).getValueNode(), entry.getValueNode())));
            }
        }
        child.setValue(merged);
        return child;
    }

    private Node mergeValues(Node parent, Node child) {
        if (parent instanceof MappingNode parentMap && child instanceof MappingNode childMap) {
            return merge(parentMap, childMap);
        }
        if (parent instanceof SequenceNode parentList
                && child instanceof SequenceNode childList
                && !childList.getValue().isEmpty()
                && childList.getValue().stream().allMatch(YamlTree::isNamed)) {
            return mergeByName(parentList, childList);
        }
        return child;
    }

    private SequenceNode mergeByName(SequenceNode parent, SequenceNode child) {
        List<Node> merged = new ArrayList<>(parent.getValue());
        for (Node item : child.getValue()) {
            String name = scalar((MappingNode) item, "name").orElseThrow();
            int at = -1;
            for (int i = 0; i < merged.size(); i++) {
                if (merged.get(i) instanceof MappingNode candidate
                        && scalar(candidate, "name").filter(name::equals).isPresent()) {
                    at = i;
                }
            }
            if (at < 0) {
                merged.add(item);
            } else {
                merged.set(at, merge((MappingNode) merged.get(at), (MappingNode) item));
            }
        }
        SequenceNode result = new SequenceNode(
                child.getTag(), true, merged, child.getStartMark(), child.getEndMark(), child.getFlowStyle());
        fileOf.put(result, fileOf(child));
        return result;
    }

    private static boolean isNamed(Node node) {
        return node instanceof MappingNode mapping && scalar(mapping, "name").isPresent();
    }

    private static Optional<String> scalar(MappingNode mapping, String key) {
        int at = indexOf(mapping.getValue(), key);
        return at >= 0 && mapping.getValue().get(at).getValueNode() instanceof ScalarNode scalar
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    private static void remove(MappingNode mapping, String key) {
        List<NodeTuple> entries = new ArrayList<>(mapping.getValue());
        entries.remove(indexOf(entries, key));
        mapping.setValue(entries);
    }

    private static int indexOf(List<NodeTuple> entries, String key) {
        for (int i = 0; i < entries.size(); i++) {
            if (key.equals(text(entries.get(i).getKeyNode()))) {
                return i;
            }
        }
        return -1;
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
