package dev.tempo.runs;

import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Checkpoints of promoted versions, to which a trainer goes back: those of the version that was promoted last and of the one before, since a
 * trainer that goes on from the checkpoint before its newest may still want that. Each counts only if its SHA-256 is the one that was noted
 * when it was written. The owner of the trainer's files alone uses them.
 */
public final class PromotedCheckpoints {
    /** How many are kept. */
    public static final int KEPT = 2;

    private static final Pattern NOTE = Pattern.compile("([0-9a-f]{64}) {2}v(\\d{1,9})");

    private final Path directory;
    private final Path noted;
    private final String checkpoint;
    private final String remedy;
    private final Ownership owner;

    /**
     * Makes the paths.
     *
     * @param directory where the trainer's checkpoints lie
     * @param noted the file with the SHA-256 of each and the version that it is of
     * @param checkpoint the end of each file's name
     * @param remedy what a user may do when one cannot be used
     * @param owner that may use them
     */
    PromotedCheckpoints(Path directory, Path noted, String checkpoint, String remedy, Ownership owner) {
        this.directory = directory;
        this.noted = noted;
        this.checkpoint = checkpoint;
        this.remedy = remedy;
        this.owner = owner;
    }

    private Path file(int version) {
        return directory.resolve("promoted-v%05d-%s".formatted(version, checkpoint));
    }

    /**
     * Keeps the checkpoint of a version, unless a whole one is there. When this returns it outlives a crash of the machine. Of earlier ones
     * the latest stays.
     *
     * @param save writes the checkpoint to a path, durably
     * @throws dev.tempo.contract.FencedException if another trainer has taken the files over; nothing was kept then
     */
    public void keep(int version, Consumer<Path> save) {
        try (OpenSpan ended = OpenSpan.within(SpanKind.WRITING, "checkpoint of a promoted version")) {
            owner.doing(() -> {
                NavigableMap<Integer, String> notes = notes();
                if (damage(version, notes).isPresent()) {
                    Path unfinished = owner.unfinished("promoted-" + checkpoint);
                    save.accept(unfinished);
                    notes.put(version, sha256(unfinished));
                    while (notes.size() > KEPT) {
                        notes.pollFirstEntry();
                    }
                    note(notes);
                    owner.move(unfinished, file(version));
                    TrainerFiles.sync(directory);
                }
                deleteBefore(notes.firstKey());
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file(version), failed);
        }
    }

    private void note(Map<Integer, String> notes) throws IOException {
        String lines = notes.entrySet().stream()
                .map(note -> note.getValue() + "  v" + note.getKey() + "\n")
                .collect(Collectors.joining());
        OwnedFile.replace(owner, noted, lines.getBytes(StandardCharsets.US_ASCII));
    }

    /** Deletes those of versions before all that are kept: an owner that was frozen knows of no later ones. */
    private void deleteBefore(int first) throws IOException {
        Pattern name = Pattern.compile("promoted-v(\\d{5,9})-" + Pattern.quote(checkpoint));
        try (Stream<Path> listed = Files.list(directory)) {
            for (Path file : listed.toList()) {
                Matcher matched = name.matcher(file.getFileName().toString());
                if (matched.matches() && Integer.parseInt(matched.group(1)) < first) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * The checkpoint that was kept of a version.
     *
     * @throws RunStoppedException if it is not whole: what training would go back to is not guessed
     */
    public Path find(int version) {
        try {
            Optional<String> damage = damage(version, notes());
            if (damage.isPresent()) {
                throw new RunStoppedException("training is to go back to version " + version
                        + ", and the checkpoint that was kept of it cannot be used: " + damage.get() + "; " + remedy);
            }
            return file(version);
        } catch (IOException unreadable) {
            throw new RunStoppedException(
                    "training is to go back to version " + version + ", and " + noted + " cannot be read; " + remedy,
                    unreadable);
        }
    }

    private Optional<String> damage(int version, Map<Integer, String> notes) {
        Path file = file(version);
        String note = notes.get(version);
        try {
            String sha256 = sha256(file);
            if (note == null) {
                return Optional.of(file + " cannot be told from a damaged one: " + noted + " does not list it");
            }
            return sha256.equals(note)
                    ? Optional.empty()
                    : Optional.of(file + " is damaged: its SHA-256 is " + sha256 + ", and " + noted + " says " + note);
        } catch (NoSuchFileException gone) {
            return Optional.of(file + " is missing");
        } catch (IOException unreadable) {
            return Optional.of(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** What was noted, by version. A line that is damaged says nothing. */
    private NavigableMap<Integer, String> notes() throws IOException {
        NavigableMap<Integer, String> notes = new TreeMap<>();
        if (Files.exists(noted)) {
            for (String line : Files.readAllLines(noted, StandardCharsets.ISO_8859_1)) {
                Matcher note = NOTE.matcher(line);
                if (note.matches()) {
                    notes.put(Integer.valueOf(note.group(2)), note.group(1));
                }
            }
        }
        return notes;
    }

    private static String sha256(Path file) throws IOException {
        try (OpenSpan ended = OpenSpan.within(SpanKind.HASHING, "SHA-256 of a promoted version's checkpoint");
                InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        }
    }
}
