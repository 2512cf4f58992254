package dev.tempo.eval.report;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.eval.tracking.TrackedEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * metrics.jsonl: one line per published version and measurement, in the order seen, with the time at which it was. A resumed run appends
 * only what is not there yet. Thread-safe.
 */
public final class MetricsFile {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What stands in place of bytes that are no text. */
    private static final char NO_CHARACTER = '\uFFFD';

    private static final String POLICY = "policy";
    private static final String CRITIC = "critic";
    private static final String EVALUATION = "evaluation";

    private final Path file;
    private final InstantSource clock;
    private final Set<String> written = new HashSet<>();
    private final List<TrackedEntry> tracked = new ArrayList<>();
    private final Map<Integer, Double> cpuSeconds = new HashMap<>();

    public MetricsFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (JsonNode entry : wholeEntries(file)) {
                int version = entry.get("version").asInt();
                written.add(entry.get("type").asString() + version);
                tracked.add(TrackedEntry.of(entry));
                double seconds = entry.path("systemCpuSeconds").asDouble(Double.NaN);
                if (Double.isFinite(seconds)) {
                    cpuSeconds.put(version, seconds);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }

    /**
     * The entries that can be read. A launcher that was killed may have left half a line at the end, and a disk may leave
     * anything: what cannot be read is dropped, and is written again as the run's topics are read again.
     */
    private static List<JsonNode> wholeEntries(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        List<String> whole = new ArrayList<>();
        List<JsonNode> entries = new ArrayList<>();
        int damaged = 0;
        int firstDamaged = 0;
        for (int line = 0; line < lines.size(); line++) {
            boolean ended = line < lines.size() - 1 || text.endsWith("\n");
            JsonNode entry = ended ? entryOf(lines.get(line)) : null;
            if (entry != null) {
                whole.add(lines.get(line) + "\n");
                entries.add(entry);
            } else if (ended) {
                firstDamaged = damaged == 0 ? line + 1 : firstDamaged;
                damaged++;
            }
        }
        if (damaged > 0) {
            LOG.atWarn()
                    .addKeyValue(
                            "reason",
                            file + ", line " + firstDamaged + (damaged == 1 ? "" : " and " + (damaged - 1) + " more")
                                    + ", cannot be read")
                    .log("damaged lines of measurements are left out; they are written again from the run's topics");
        }
        if (whole.size() < lines.size()) {
            Path repaired = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(repaired, String.join("", whole));
            Files.move(repaired, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return entries;
    }

    /** The entry in a line; null if there is none. */
    private static @Nullable JsonNode entryOf(String line) {
        if (line.indexOf(NO_CHARACTER) >= 0) {
            return null;
        }
        try {
            JsonNode entry = JSON.readTree(line);
            return entry.path("version").isInt() && entry.path("type").isString() ? entry : null;
        } catch (JacksonException damaged) {
            return null;
        }
    }

    public void add(PolicyVersion version) {
        Map<String, Object> entry = entry(POLICY, version.version());
        entry.put("stage", version.stage());
        entry.put("roundOfStage", version.roundOfStage());
        entry.putAll(version.statistics());
        entry.put("rows", version.rows());
        if (version.wentBackTo() != null) {
            entry.put("wentBackTo", version.wentBackTo());
        }
        entry.put("wallSeconds", version.wallSeconds());
        append(POLICY + version.version(), entry);
    }

    public void add(CriticVersion version) {
        Map<String, Object> entry = entry(CRITIC, version.version());
        entry.put("recalibrated", version.recalibrated());
        entry.putAll(version.statistics());
        append(CRITIC + version.version(), entry);
    }

    /** Whether a measurement has its line. */
    synchronized boolean holds(EvaluationReport report) {
        return written.contains(EVALUATION + report.version());
    }

    /**
     * Notes a measurement.
     *
     * @param systemCpuSeconds of all processes of all launches when the measurement arrived
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
        } else if (!Double.isNaN(systemCpuSeconds)) {
            entry.put("systemCpuSeconds", systemCpuSeconds);
            cpuSeconds.putIfAbsent(report.version(), systemCpuSeconds);
        }
        append(EVALUATION + report.version(), entry);
    }

    /** CPU seconds of the whole system by measured version, over all launches of the run. */
    public synchronized Map<Integer, Double> cpuSeconds() {
        return Map.copyOf(cpuSeconds);
    }

    /** The numbers of every line so far, as trackers want them. */
    synchronized List<TrackedEntry> tracked() {
        return List.copyOf(tracked);
    }

    private Map<String, Object> entry(String type, int version) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", type);
        entry.put("version", version);
        entry.put(
                TrackedEntry.AT, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        return entry;
    }

    private synchronized void append(String key, Map<String, Object> entry) {
        if (!written.add(key)) {
            return;
        }
        String line = JSON.writeValueAsString(entry);
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
        tracked.add(TrackedEntry.of(JSON.readTree(line)));
    }
}
