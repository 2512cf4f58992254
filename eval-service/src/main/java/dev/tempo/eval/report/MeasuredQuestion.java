package dev.tempo.eval.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.plugin.Outcome;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of questions.jsonl: a question with every response to it.
 *
 * @param question its id, {@code set/id}
 * @param avg share of the decided responses that are right; null where none is decided
 * @param passAt unbiased pass@k by k
 * @param maj 1 if the most frequent answer is right, else 0; null where no response is decided
 */
public record MeasuredQuestion(
        String set,
        String question,
        @Nullable Double avg,
        Map<Integer, Double> passAt,
        @Nullable Double maj,
        List<Response> responses) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public MeasuredQuestion {
        passAt = new TreeMap<>(passAt);
        responses = List.copyOf(responses);
    }

    /**
     * A response as it was judged.
     *
     * @param outcome null where nothing could be generated
     * @param answer as the judge extracted it; null where it found none
     * @param tokens its length
     * @param truncated whether it ended at the limit of its length
     */
    public record Response(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Outcome outcome,

            @Nullable String answer,
            int tokens,
            boolean truncated) {

        boolean generated() {
            return outcome != null;
        }

        /** Whether it was judged and no answer could be extracted. */
        boolean unanswered() {
            return outcome != null && outcome != Outcome.UNDECIDED && answer == null;
        }
    }

    /** The responses that could be generated. */
    List<Response> generated() {
        return responses.stream().filter(Response::generated).toList();
    }

    /** Writes a file of such lines, all or nothing. */
    public static void write(Path file, List<MeasuredQuestion> questions) {
        Path beside = file.resolveSibling("." + Objects.requireNonNull(file.getFileName()));
        try {
            try (BufferedWriter lines = Files.newBufferedWriter(beside)) {
                for (MeasuredQuestion question : questions) {
                    lines.write(JSON.writeValueAsString(question));
                    lines.write('\n');
                }
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }

    /** The lines of such a file. */
    public static List<MeasuredQuestion> read(Path file) {
        try {
            List<MeasuredQuestion> questions = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                questions.add(JSON.readValue(line, MeasuredQuestion.class));
            }
            return questions;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        } catch (JacksonException damaged) {
            throw new UncheckedIOException(file + " is damaged", new IOException(damaged));
        }
    }
}
