package dev.tempo.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files in which a run's time is recorded: {@code timeline/} in its directory, a file of JSON lines for each process that worked
 * on it. They are for people and are neither compared nor read by any service's work. What is torn or damaged is left out.
 */
public final class TimelineFiles {
    private static final String DIRECTORY = "timeline";
    private static final String ENDING = ".jsonl";
    private static final int NEWLINE = '\n';

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private TimelineFiles() {}

    /** The directory of these files. */
    public static Path in(Path run) {
        return run.resolve(DIRECTORY);
    }

    static BoundedFile of(Path run, String process) {
        return new BoundedFile(in(run).resolve(process + ENDING), BoundedFile.BOUND);
    }

    static byte[] lines(List<?> records) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Object line : records) {
            lines.writeBytes(MAPPER.writeValueAsBytes(line));
            lines.write(NEWLINE);
        }
        return lines.toByteArray();
    }

    /**
     * What was recorded of a run.
     *
     * @param spans in order of their starts, those around others first
     * @param samples in order of their times
     */
    public record Recorded(List<Span> spans, List<CpuSample> samples) {
        private static final Comparator<Span> ORDER = Comparator.comparingLong(Span::start)
                .thenComparing(Comparator.comparingLong(Span::end).reversed());

        public Recorded {
            spans = spans.stream().sorted(ORDER).toList();
            samples = samples.stream()
                    .sorted(Comparator.comparingLong(CpuSample::at))
                    .toList();
        }
    }

    /** All that was recorded of the run in a directory and is still kept. */
    public static Recorded read(Path run) {
        return read(run, Long.MAX_VALUE);
    }

    /**
     * The latest of what was recorded of the run in a directory.
     *
     * @param most bytes from the end of each file
     */
    public static Recorded read(Path run, long most) {
        List<Span> spans = new ArrayList<>();
        List<CpuSample> samples = new ArrayList<>();
        if (Files.isDirectory(in(run))) {
            try (Stream<Path> files = Files.list(in(run))) {
                for (Path file : files.filter(file -> file.toString().endsWith(ENDING))
                        .sorted()
                        .toList()) {
                    tail(file, most).lines().forEach(line -> add(line, spans, samples));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(in(run) + " cannot be read", unreadable);
            }
        }
        return new Recorded(spans, samples);
    }

    private static String tail(Path file, long most) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - most);
            byte[] bytes = new byte[Math.toIntExact(open.length() - from)];
            open.seek(from);
            open.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void add(String line, List<Span> spans, List<CpuSample> samples) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.has("processes")) {
                samples.add(MAPPER.treeToValue(node, CpuSample.class));
            } else if (node.has("service") && node.has("kind") && node.has("run")) {
                spans.add(MAPPER.treeToValue(node, Span.class));
            }
        } catch (JacksonException | IllegalArgumentException torn) {
            // the last line of a process that was killed, or the rest of one that a tail begins with
            return;
        }
    }
}
