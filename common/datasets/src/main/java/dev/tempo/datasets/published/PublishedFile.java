package dev.tempo.datasets.published;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.file.FileKind;
import dev.tempo.datasets.file.JsonFault;
import dev.tempo.datasets.file.RowLayout;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A published file: objects one after the other (JSONL), a list of objects, BIG-Bench Hard's {@code {"examples": […]}},
 * or what the hub's datasets-server answers, {@code {"rows": [{"row": …}]}}.
 */
final class PublishedFile {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final List<String> LISTS = List.of("examples", "data", "rows");

    private static final String NOT_JSON = "is not JSON";

    private final Path file;
    private final Consumer<PublishedRow> rows;
    private int number;

    private PublishedFile(Path file, Consumer<PublishedRow> rows) {
        this.file = file;
        this.rows = rows;
    }

    /**
     * Reads a row at a time: some publishers repeat a set a hundred times.
     *
     * @throws DataFileException naming file and row, and how to convert what is no JSON
     */
    static void read(Path file, Consumer<PublishedRow> rows) {
        new PublishedFile(file, rows).read();
    }

    private void read() {
        if (Files.isDirectory(file)) {
            throw new DataFileException(file, "is a directory; name the files in it");
        }
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            refuseOtherFormats(content);
            try (MappingIterator<JsonNode> values =
                    JSON.readerFor(JsonNode.class).readValues(content)) {
                while (values.hasNextValue()) {
                    add(values.nextValue());
                }
            }
        } catch (NoSuchFileException missing) {
            throw new DataFileException(file, "no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new DataFileException(file, "may not be read by this user; see its permissions", denied);
        } catch (IOException unreadable) {
            throw new DataFileException(file, "cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (JacksonException malformed) {
            throw new DataFileException(file, fault(malformed), malformed);
        }
        if (number == 0) {
            throw new DataFileException(file, "holds no rows");
        }
    }

    private void add(JsonNode value) {
        if (value.isArray()) {
            value.forEach(this::add);
            return;
        }
        if (!value.isObject()) {
            throw new DataFileException(
                    file, "row " + (number + 1) + " should be a JSON object {…} but is " + PublishedRow.excerpt(value));
        }
        RowLayout.problem(value).ifPresent(problem -> {
            throw new DataFileException(file, (number == 0 ? "" : "row " + (number + 1) + " ") + problem);
        });
        for (String list : LISTS) {
            if (value.path(list).isArray()) {
                value.path(list).forEach(this::add);
                return;
            }
        }
        boolean served = value.path("row").isObject() && value.has("row_idx");
        if (served && !value.path("truncated_cells").isEmpty()) {
            throw new DataFileException(
                    file,
                    "row " + (number + 1) + " was cut short by the server that sent it (truncated_cells: "
                            + PublishedRow.excerpt(value.path("truncated_cells")) + "); fetch the data set's own file");
        }
        rows.accept(new PublishedRow(file, ++number, served ? value.path("row") : value));
    }

    private void refuseOtherFormats(InputStream content) throws IOException {
        content.mark(FileKind.START);
        byte[] start = content.readNBytes(FileKind.START);
        content.reset();
        FileKind.problem(file.toString(), start).ifPresent(problem -> {
            throw new DataFileException(file, problem);
        });
    }

    /** The fault of the line where the parser gave up. */
    private String fault(JacksonException malformed) {
        int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
        String text = line(line);
        String place = " behind row " + number + " (line " + line + ")";
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
            return JsonFault.of(decoded, malformed)
                    .replace("FILE > NEW", file + " > NEW")
                    .replaceFirst(NOT_JSON, Matcher.quoteReplacement(NOT_JSON + place));
        } catch (CharacterCodingException latin) {
            return "is not UTF-8" + place + "; convert the file (iconv -t UTF-8)";
        }
    }

    /** A line's bytes, as characters 0 to 255; lines count from 1. */
    private String line(int number) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return lines.lines().skip(Math.max(0, number - 1)).findFirst().orElse("");
        } catch (IOException | UncheckedIOException gone) {
            return "";
        }
    }
}
