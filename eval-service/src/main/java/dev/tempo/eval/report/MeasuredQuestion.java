package dev.tempo.eval.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.kept.Form;
import dev.tempo.kept.KeptRows;
import dev.tempo.plugin.Outcome;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
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

    private static final Form<MeasuredQuestion> FORM = new Form<>() {
        @Override
        public List<String> fields(MeasuredQuestion question) {
            return List.of(JSON.writeValueAsString(question));
        }

        @Override
        public MeasuredQuestion value(List<String> fields) {
            return JSON.readValue(fields.get(0), MeasuredQuestion.class);
        }
    };

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

    /**
     * Writes a file of such lines, all or nothing.
     *
     * @param questions hands over each question
     */
    public static void write(Path file, Consumer<Consumer<MeasuredQuestion>> questions) {
        Path beside = file.resolveSibling("." + Objects.requireNonNull(file.getFileName()));
        try {
            try (BufferedWriter lines = Files.newBufferedWriter(beside)) {
                questions.accept(question -> write(lines, question));
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        } catch (UncheckedIOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable.getCause());
        }
    }

    private static void write(BufferedWriter lines, MeasuredQuestion question) {
        try {
            lines.write(JSON.writeValueAsString(question));
            lines.write('\n');
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The lines of such a file. */
    public static KeptRows<MeasuredQuestion> read(Path file) {
        KeptRows.Builder<MeasuredQuestion> questions = new KeptRows.Builder<>(FORM, MeasuredQuestion::question);
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (questions
                        .add(JSON.readValue(line, MeasuredQuestion.class), ++number)
                        .isPresent()) {
                    throw new IOException("line " + number + " is of a question that has one before");
                }
            }
            return questions.build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        } catch (JacksonException damaged) {
            throw new UncheckedIOException(file + " is damaged", new IOException(damaged));
        }
    }
}
