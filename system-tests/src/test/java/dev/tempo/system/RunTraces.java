package dev.tempo.system;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What lies in a run's directory. */
final class RunTraces {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> OF_TIME = Set.of("wallSeconds", "cpuSeconds", "systemCpuSeconds", "at");

    private RunTraces() {}

    /** The newest policy version of any run; -1 while there is none. */
    static int newestPolicy(Workspace workspace) {
        return workspace.runs().stream()
                .map(run -> new RunDirectory(workspace.run(run)).policy().versions())
                .mapToInt(versions -> versions.isEmpty() ? -1 : versions.lastKey())
                .max()
                .orElse(-1);
    }

    /** What the weights of a version hash to. */
    static String weights(Path run, String kind, int version) {
        return Fingerprint.sha256(
                run.resolve(kind).resolve("v%05d".formatted(version)).resolve("model.safetensors"));
    }

    /** The lines of metrics.jsonl without what they say of time, sorted: how records of different kinds mix is chance. */
    static List<String> metrics(Path run) throws IOException {
        try (Stream<String> lines = Files.lines(run.resolve("metrics.jsonl"))) {
            return lines.map(line ->
                            ((ObjectNode) JSON.readTree(line)).remove(OF_TIME).toString())
                    .sorted()
                    .toList();
        }
    }
}
