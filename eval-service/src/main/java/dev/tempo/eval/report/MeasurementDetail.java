package dev.tempo.eval.report;

import dev.tempo.algorithm.Reliability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The details of one version's measurement that its report has no room for. They lie beside the run for those who look into
 * it later; nothing goes on with them.
 *
 * @param sets by name
 * @param reliability of the critic's last values on the set of its quality, in {@value #BINS} parts of equal width; empty where
 *     it is not measured
 */
public record MeasurementDetail(int version, Map<String, SetDetail> sets, List<Reliability.Bin> reliability) {
    /** The parts into which values are divided. */
    public static final int BINS = 10;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public MeasurementDetail {
        sets = new TreeMap<>(sets);
        reliability = List.copyOf(reliability);
    }

    /**
     * A set's responses.
     *
     * @param answerEntropy mean over questions of the entropy, in nats, of how often each different answer was given
     * @param responseTokens mean length of the responses that could be generated
     * @param truncated share of them that ended at the limit of their length
     */
    public record SetDetail(double answerEntropy, double responseTokens, double truncated) {}

    /** Writes the file, all or nothing. */
    public void write(Path file) {
        Path directory = Objects.requireNonNull(file.getParent());
        Path beside = directory.resolve("." + file.getFileName());
        try {
            Files.createDirectories(directory);
            Files.writeString(beside, JSON.writeValueAsString(this) + "\n");
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }

    /** The details in such a file. */
    public static MeasurementDetail read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), MeasurementDetail.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        } catch (JacksonException damaged) {
            throw new UncheckedIOException(file + " is damaged", new IOException(damaged));
        }
    }
}
