package dev.tempo.datasets.comparison;

import dev.tempo.datasets.DataFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Questions that must not be drawn when they arrive, and why: hashes of their {@linkplain QuestionKey keys}, so that who reads them learns
 * neither the questions nor their answers.
 */
public final class KnownQuestions {
    private static final String LINE = "[0-9a-f]{64} .+";

    private final Map<String, String> reasons = new TreeMap<>();

    /** The SHA-256 of a question's key, by which questions are compared. */
    public static String hash(String question) {
        return DigestUtils.sha256Hex(QuestionKey.of(question));
    }

    /**
     * Adds a question.
     *
     * @param reason why it is kept out, in a line
     */
    public void add(String question, String reason) {
        reasons.putIfAbsent(hash(question), reason);
    }

    /** Why a question is kept out; empty where it is not. */
    public Optional<String> reason(String hash) {
        return Optional.ofNullable(reasons.get(hash));
    }

    /** Writes them to a file that {@link #read} understands: a hash and a reason in each line. */
    public void write(Path file) {
        StringBuilder text = new StringBuilder();
        reasons.forEach(
                (hash, reason) -> text.append(hash).append(' ').append(reason).append('\n'));
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file, unwritable);
        }
    }

    /** @throws DataFileException if the file is not there, or holds something else */
    public static KnownQuestions read(Path file) {
        KnownQuestions known = new KnownQuestions();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.matches(LINE)) {
                    throw new DataFileException(
                            file,
                            "line",
                            number,
                            "is no hash with a reason; submit the run anew, which writes the file");
                }
                known.reasons.put(line.substring(0, 64), line.substring(65));
            }
        } catch (IOException unreadable) {
            throw new DataFileException(
                    file,
                    "cannot be read, so nobody knows which questions that arrive are measured or labeled; submit the"
                            + " run anew, which writes the file",
                    unreadable);
        }
        return known;
    }
}
