package dev.tempo.eval.report;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * metrics.jsonl: one line per published version and measurement, in the order seen. A resumed run appends only what is not
 * there yet. Thread-safe.
 */
public final class MetricsFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String POLICY = "policy";
    private static final String CRITIC = "critic";
    private static final String EVALUATION = "evaluation";

    private final Path file;
    private final Set<String> written = new HashSet<>();
    private final Map<Integer, Double> cpuSeconds = new HashMap<>();
    private double cpuBefore;

    public MetricsFile(Path file) {
        this.file = file;
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (String line : wholeLines(file)) {
                JsonNode entry = JSON.readTree(line);
                int version = entry.get("version").asInt();
                written.add(entry.get("type").asString() + version);
                if (entry.has("systemCpuSeconds")) {
                    cpuSeconds.put(version, entry.get("systemCpuSeconds").asDouble());
                    cpuBefore =
                            Math.max(cpuBefore, entry.get("systemCpuSeconds").asDouble());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }

    /** A launcher that was killed may have left half a line at the end; it is dropped, and is written again. */
    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            Files.writeString(file, text.substring(0, end));
        }
        return text.substring(0, end).lines().toList();
    }

    public void add(PolicyVersion version) {
        Map<String, Object> entry = entry(POLICY, version.version());
        entry.put("stage", version.stage());
        entry.put("roundOfStage", version.roundOfStage());
        entry.putAll(version.statistics());
        entry.put("rows", version.rows());
        entry.put("wallSeconds", version.wallSeconds());
        append(POLICY + version.version(), entry);
    }

    public void add(CriticVersion version) {
        Map<String, Object> entry = entry(CRITIC, version.version());
        entry.put("recalibrated", version.recalibrated());
        entry.putAll(version.statistics());
        append(CRITIC + version.version(), entry);
    }

    /**
     * Notes a measurement.
     *
     * @param systemCpuSeconds of all processes of this launch when the measurement arrived
     */
    public synchronized void add(EvaluationReport report, double systemCpuSeconds) {
        Map<String, Object> entry = entry(EVALUATION, report.version());
        entry.put("stage", report.stage());
        entry.put("roundOfStage", report.roundOfStage());
        entry.put("sets", report.sets());
        entry.put("critic", report.critic());
        entry.put("wallSeconds", report.wallSeconds());
        if (report.origin() != null) {
            entry.put("from", report.origin());
        } else {
            entry.put("systemCpuSeconds", cpuBefore + systemCpuSeconds);
            cpuSeconds.putIfAbsent(report.version(), cpuBefore + systemCpuSeconds);
        }
        append(EVALUATION + report.version(), entry);
    }

    /** CPU seconds of the whole system by measured version, over all launches of the run. */
    public synchronized Map<Integer, Double> cpuSeconds() {
        return Map.copyOf(cpuSeconds);
    }

    private static Map<String, Object> entry(String type, int version) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", type);
        entry.put("version", version);
        return entry;
    }

    private synchronized void append(String key, Map<String, Object> entry) {
        if (!written.add(key)) {
            return;
        }
        try {
            Files.writeString(
                    file, JSON.writeValueAsString(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }
}
