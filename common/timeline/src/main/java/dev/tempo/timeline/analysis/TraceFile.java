package dev.tempo.timeline.analysis;

import dev.tempo.timeline.Span;
import dev.tempo.timeline.TimelineFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run's timeline in the Trace Event Format, which ui.perfetto.dev and chrome://tracing draw: a process for each service, a track for
 * each of its threads, a slice for each span, and one more process with the rounds and their critical paths.
 */
public final class TraceFile {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int PATH = 1;
    private static final int ROUNDS_TRACK = 1;
    private static final int STEPS_TRACK = 2;

    private final JsonGenerator json;
    private final Map<String, Integer> processes = new LinkedHashMap<>();
    private final Map<ThreadTrack.Key, Integer> threads = new LinkedHashMap<>();

    private TraceFile(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the file, in place of one that is there. */
    public static void write(TimelineFiles.Recorded recorded, List<RoundTimeline> rounds, Path file) {
        try (OutputStream out = Files.newOutputStream(file);
                JsonGenerator json = MAPPER.createGenerator(out)) {
            new TraceFile(json).write(recorded.spans(), rounds);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }

    private void write(List<Span> spans, List<RoundTimeline> rounds) {
        json.writeStartObject();
        json.writeStringProperty("displayTimeUnit", "ms");
        json.writeArrayPropertyStart("traceEvents");
        name("process_name", PATH, 0, "rounds");
        name("thread_name", PATH, ROUNDS_TRACK, "rounds");
        name("thread_name", PATH, STEPS_TRACK, "critical path");
        for (RoundTimeline round : rounds) {
            slice("makes v" + round.version(), "round", round.from(), round.micros(), PATH, ROUNDS_TRACK, Map.of());
            round.path()
                    .forEach(step -> slice(
                            step.name(),
                            step.kind().word(),
                            step.from(),
                            step.micros(),
                            PATH,
                            STEPS_TRACK,
                            Map.of("service", step.service())));
        }
        spans.forEach(this::slice);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void slice(Span span) {
        String process = span.service() + " " + span.replica();
        Integer known = processes.get(process);
        int pid = known == null ? PATH + 1 + processes.size() : known;
        if (known == null) {
            processes.put(process, pid);
            name("process_name", pid, 0, process);
        }
        ThreadTrack.Key key = ThreadTrack.Key.of(span);
        Integer track = threads.get(key);
        int tid = track == null ? 1 + threads.size() : track;
        if (track == null) {
            threads.put(key, tid);
            name("thread_name", pid, tid, span.thread());
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("round", span.round());
        told.put("cpu", span.cpu());
        told.put("json", span.json());
        told.put("messages", span.messages());
        slice(Work.name(span), span.kind().word(), span.start(), span.micros(), pid, tid, told);
    }

    private void slice(String name, String category, long from, long micros, int pid, int tid, Map<String, ?> told) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("cat", category);
        json.writeStringProperty("ph", "X");
        json.writeNumberProperty("ts", from);
        json.writeNumberProperty("dur", micros);
        json.writeNumberProperty("pid", pid);
        json.writeNumberProperty("tid", tid);
        json.writePOJOProperty("args", told);
        json.writeEndObject();
    }

    private void name(String what, int pid, int tid, String name) {
        json.writeStartObject();
        json.writeStringProperty("name", what);
        json.writeStringProperty("ph", "M");
        json.writeNumberProperty("pid", pid);
        json.writeNumberProperty("tid", tid);
        json.writePOJOProperty("args", Map.of("name", name));
        json.writeEndObject();
    }
}
