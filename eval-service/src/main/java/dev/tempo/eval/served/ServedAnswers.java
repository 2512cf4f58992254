package dev.tempo.eval.served;

import dev.tempo.messaging.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The file of a run's served answers, one JSON object a line, in the order in which they were asked. One process writes it. */
public final class ServedAnswers {
    private final Path file;
    private boolean begun;

    /** @param file which need not be there yet */
    public ServedAnswers(Path file) {
        this.file = file;
    }

    /**
     * Adds an answer at the end.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public void add(ServedAnswer answer) {
        String line = new String(Wire.write(answer), StandardCharsets.UTF_8) + "\n";
        try {
            // what a kill left of a line must not swallow this one
            String text = !begun && endsWithinLine() ? "\n" + line : line;
            begun = true;
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }

    private boolean endsWithinLine() throws IOException {
        byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        return all.length > 0 && all[all.length - 1] != '\n';
    }

    /** All answers, none where there is no file. What a kill has torn is left out. */
    public List<ServedAnswer> all() {
        List<ServedAnswer> answers = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                    read(line).ifPresent(answers::add);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
        return answers;
    }

    private static Optional<ServedAnswer> read(String line) {
        try {
            return Optional.of(Wire.read(ServedAnswer.class, line.getBytes(StandardCharsets.UTF_8)));
        } catch (JacksonException | IllegalArgumentException torn) {
            return Optional.empty();
        }
    }
}
