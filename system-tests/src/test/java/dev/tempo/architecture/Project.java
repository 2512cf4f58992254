package dev.tempo.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The checkout that the tests run in, as files. */
final class Project {
    static final List<String> SERVICES =
            List.of("rollout-service", "critic-service", "policy-service", "judge-service", "eval-service");

    private static final Path ROOT = root(Path.of("").toAbsolutePath());

    private Project() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    static String text(String path) {
        return text(file(path));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Node yaml(String path) {
        return new Node(path, new Yaml().load(text(path)));
    }

    /** Main Java sources of every module. */
    static List<Path> mainSources() {
        return Stream.concat(Stream.of(ROOT), subdirectories(file("common")))
                .flatMap(Project::subdirectories)
                .map(module -> module.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .distinct()
                .flatMap(Project::javaFiles)
                .sorted()
                .toList();
    }

    static List<Path> sourcesOf(String module) {
        return javaFiles(file(module).resolve("src/main/java")).toList();
    }

    private static Stream<Path> subdirectories(Path directory) {
        Stream<Path> children = children(directory).filter(Files::isDirectory);
        return Stream.concat(Stream.of(directory), children);
    }

    private static Stream<Path> children(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path root(Path start) {
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve("standalone")) && Files.isDirectory(directory.resolve("docs"))) {
                return directory;
            }
        }
        throw new IllegalStateException("no checkout around " + start);
    }

    /** A place in a YAML file; asking for what is not there fails with the path. */
    record Node(String path, Object content) {

        Node at(String... keys) {
            Node node = this;
            for (String key : keys) {
                Object child = node.map().get(key);
                if (child == null) {
                    throw new AssertionError(node.path + " has no " + key);
                }
                node = new Node(node.path + " / " + key, child);
            }
            return node;
        }

        boolean has(String key) {
            return content instanceof Map<?, ?> && map().get(key) != null;
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> map() {
            if (content instanceof Map<?, ?> map) {
                return (Map<String, Object>) map;
            }
            throw new AssertionError(path + " is no mapping but " + content);
        }

        List<Node> entries() {
            return map().keySet().stream().map(this::at).toList();
        }

        /** The last key of the path. */
        String name() {
            return path.substring(path.lastIndexOf(" / ") + 3);
        }

        List<?> list() {
            if (content instanceof List<?> list) {
                return list;
            }
            throw new AssertionError(path + " is no list but " + content);
        }

        List<String> texts() {
            return list().stream().map(String::valueOf).toList();
        }

        String text() {
            return String.valueOf(content);
        }
    }
}
