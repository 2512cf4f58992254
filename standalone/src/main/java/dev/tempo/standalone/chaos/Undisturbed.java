package dev.tempo.standalone.chaos;

import dev.tempo.contract.UserException;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All that a run nobody disturbed came to and that has to be the same in one that was: weights, every number, no times. */
final class Undisturbed {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> OF_THIS_RUN =
            Set.of("wallSeconds", "cpuSeconds", "systemCpuSeconds", "at", "run", "by", "from", "origin");

    private final Map<String, String> weights = new LinkedHashMap<>();
    private final Map<String, String> numbers = new TreeMap<>();
    private String summary = "";

    /** Remembers the weights that are there now; of most versions they are pruned soon. */
    void look(RunDirectory files) {
        weights(files).forEach(weights::putIfAbsent);
    }

    /** Remembers a finished run. */
    void finished(RunDirectory files) {
        look(files);
        List<String> torn = new ArrayList<>();
        numbers.putAll(numbers(files, torn));
        if (!torn.isEmpty()) {
            throw new UserException(torn.get(0));
        }
        summary = summary(files);
    }

    /** The first 12 digits of the final policy's SHA-256. */
    String policy() {
        String sha256 = weights.getOrDefault("final/model.safetensors", "");
        return sha256.substring(0, Math.min(12, sha256.length()));
    }

    /**
     * What is not as in the undisturbed run, in words.
     *
     * @param finished whether all has to be there
     * @param harmed the SHA-256 of files as faults have left them: until the run is finished they may be mended or deleted
     */
    List<String> differences(RunDirectory files, boolean finished, Set<String> harmed) {
        List<String> differences = new ArrayList<>();
        weights(files).forEach((file, sha256) -> {
            String known = weights.get(file);
            boolean pending = !finished && harmed.contains(sha256);
            if (known != null && !known.equals(sha256) && !pending) {
                differences.add(file + " has other weights");
            }
        });
        List<String> torn = new ArrayList<>();
        Map<String, String> found = numbers(files, torn);
        found.forEach((name, text) -> {
            if (!text.equals(numbers.get(name))) {
                differences.add("metrics.jsonl has other numbers of " + name);
            }
        });
        if (finished) {
            differences.addAll(torn);
            numbers.keySet().stream()
                    .filter(name -> !found.containsKey(name))
                    .forEach(name -> differences.add("metrics.jsonl has no " + name));
            if (!Files.exists(files.finalModel().resolve("model.safetensors"))) {
                differences.add("there is no final policy");
            }
            if (!summary(files).equals(summary)) {
                differences.add("summary.json has other numbers");
            }
            if (!Files.exists(files.report())) {
                differences.add("there is no report");
            }
        }
        return differences;
    }

    private static Map<String, String> weights(RunDirectory files) {
        Map<String, String> found = new LinkedHashMap<>();
        Path root = files.path();
        for (String place : List.of("policy", "critic", "stages", "final")) {
            if (!Files.isDirectory(root.resolve(place))) {
                continue;
            }
            try (Stream<Path> walked = Files.walk(root.resolve(place))) {
                for (Path file : walked.filter(path -> path.endsWith("model.safetensors"))
                        .filter(path -> !path.toString().contains(".part/"))
                        .toList()) {
                    found.put(root.relativize(file).toString(), Fingerprint.sha256(file));
                }
            } catch (UncheckedIOException pruned) {
                if (!(pruned.getCause() instanceof NoSuchFileException)) {
                    throw pruned;
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return found;
    }

    private static Map<String, String> numbers(RunDirectory files, List<String> torn) {
        Map<String, String> found = new TreeMap<>();
        if (!Files.exists(files.metrics())) {
            return found;
        }
        try {
            for (String line : Files.readAllLines(files.metrics())) {
                try {
                    JsonNode entry = JSON.readTree(line);
                    found.put(
                            entry.path("type").asString() + " "
                                    + entry.path("version").asInt(),
                            withoutTimes(entry).toString());
                } catch (JacksonException broken) {
                    torn.add("metrics.jsonl has a torn line");
                }
            }
        } catch (IOException unreadable) {
            torn.add("metrics.jsonl cannot be read: " + unreadable.getMessage());
        }
        return found;
    }

    private static String summary(RunDirectory files) {
        try {
            return Files.exists(files.summary())
                    ? withoutTimes(JSON.readTree(Files.readString(files.summary())))
                            .toString()
                    : "";
        } catch (IOException | JacksonException unreadable) {
            return "unreadable";
        }
    }

    private static JsonNode withoutTimes(JsonNode node) {
        if (node.isObject()) {
            ObjectNode kept = JSON.createObjectNode();
            node.forEachEntry((name, value) -> {
                if (!OF_THIS_RUN.contains(name)) {
                    kept.set(name, withoutTimes(value));
                }
            });
            return kept;
        }
        if (node.isArray()) {
            var kept = JSON.createArrayNode();
            node.forEach(value -> kept.add(withoutTimes(value)));
            return kept;
        }
        return node;
    }
}
