package dev.tempo.standalone.judging;

import dev.tempo.datasets.file.FileKind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Responses to judge, one JSON object a line, read one by one; a bad line is told and does not stop the others. */
public final class ResponseFile {
    private final String name;
    private final InputStream content;

    /** @param name for telling where a line is bad */
    public ResponseFile(String name, InputStream content) {
        this.name = name;
        this.content = new BufferedInputStream(content);
    }

    /**
     * The whole file, row by row.
     *
     * @param rows takes every good line
     * @param problems takes what is wrong with every bad one, naming file and line
     */
    public void read(Consumer<ResponseRow> rows, Consumer<String> problems) throws IOException {
        Optional<String> other = FileKind.problem(name, start());
        if (other.isPresent()) {
            problems.accept(name + ": " + other.get());
            return;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int number = 1;
        for (int next = content.read(); next >= 0; next = content.read()) {
            if (next == '\n') {
                take(number++, line.toByteArray(), rows, problems);
                line.reset();
            } else {
                line.write(next);
            }
        }
        take(number, line.toByteArray(), rows, problems);
    }

    /** The first bytes that are there, without waiting for more than a writer has written; a blank if none come. */
    private byte[] start() throws IOException {
        byte[] start = new byte[FileKind.START];
        content.mark(start.length);
        int read = content.read(start);
        content.reset();
        return read > 0 ? Arrays.copyOf(start, read) : new byte[] {' '};
    }

    private void take(int number, byte[] bytes, Consumer<ResponseRow> rows, Consumer<String> problems) {
        String where = name + ":" + number;
        ResponseRow row;
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (line.isBlank()) {
                return;
            }
            row = ResponseRow.of(where, line);
        } catch (CharacterCodingException malformed) {
            problems.accept(where + ": is not UTF-8");
            return;
        } catch (IllegalArgumentException unusable) {
            problems.accept(where + ": " + unusable.getMessage());
            return;
        }
        rows.accept(row);
    }
}
