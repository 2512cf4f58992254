package dev.tempo.model.directory;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.files.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The hashes of a model's config and tokenizer files in a file beside them, as {@code sha256sum -c} reads it. What is announced of
 * a version hashes its weights alone, and one flipped bit in its tokenizer gives other texts.
 */
final class FileHashes {
    static final String NAME = "files.sha256";

    private static final String SEPARATOR = "  ";

    private FileHashes() {}

    /** Writes them for the files that are there. */
    static void write(Path directory) {
        StringBuilder lines = new StringBuilder();
        try {
            for (Path file : hashed(directory)) {
                lines.append(sha256(file))
                        .append(SEPARATOR)
                        .append(file.getFileName())
                        .append('\n');
            }
        } catch (IOException unreadable) {
            throw new ModelFormatException(directory + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        DurableFile.write(directory.resolve(NAME), lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The files that are hashed, in the order of their names: all but weights and hidden ones. */
    static List<Path> hashed(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(FileHashes::isHashed).sorted().toList();
        } catch (IOException unreadable) {
            throw new ModelFormatException(directory + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    static boolean areIn(Path directory) {
        return Files.exists(directory.resolve(NAME));
    }

    /**
     * Refuses files that are not what was written; where no hashes are, as in directories of others, nothing is refused.
     *
     * @throws ModelFormatException naming the file
     */
    static void verify(Path directory) {
        if (!areIn(directory)) {
            return;
        }
        Path noted = directory.resolve(NAME);
        for (String line : lines(noted)) {
            String[] parts = line.split(SEPARATOR, 2);
            if (parts.length != 2 || parts[1].contains("/")) {
                throw new ModelFormatException(noted + " is damaged: it holds the line '" + line + "'");
            }
            Path file = directory.resolve(parts[1]);
            try {
                String actual = sha256(file);
                if (!actual.equals(parts[0])) {
                    throw new ModelFormatException(file + " has SHA-256 " + actual + ", but " + noted
                            + " says another: one of the two is damaged");
                }
            } catch (NoSuchFileException gone) {
                throw new ModelFormatException(file + " is missing", gone);
            } catch (IOException unreadable) {
                throw new ModelFormatException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
            }
        }
    }

    private static List<String> lines(Path noted) {
        try {
            return Files.readAllLines(noted, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new ModelFormatException(noted + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static boolean isHashed(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file)
                && !name.endsWith(".safetensors")
                && !name.startsWith(".")
                && !name.equals(NAME);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        }
    }
}
