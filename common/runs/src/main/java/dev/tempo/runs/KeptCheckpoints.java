package dev.tempo.runs;

import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a trainer that are on disk: the newest, and the one before it to fall back to. Each counts only if its
 * SHA-256 is one that was noted when it was written. The notes lie elsewhere and show that the trainer has begun, so that
 * deleted checkpoints are not taken for a new run. One trainer at a time uses them, their owner.
 */
final class KeptCheckpoints {
    /** The newest, the one before, and two more: a power cut may come between a note and the renaming that follows it. */
    private static final int NOTED = 4;

    private static final String NEXT = "next-";

    private final Path newest;
    private final Path older;
    private final Path noted;
    private final String remedy;
    private final Ownership owner;

    /**
     * Makes the paths.
     *
     * @param newest the newest checkpoint's file
     * @param noted the file with the SHA-256 of each checkpoint, the newest first
     * @param remedy what a user may do when none can be used
     * @param owner that may use them
     */
    KeptCheckpoints(Path newest, Path noted, String remedy, Ownership owner) {
        this.newest = newest;
        this.noted = noted;
        this.remedy = remedy;
        this.owner = owner;
        older = newest.resolveSibling("older-" + newest.getFileName());
    }

    /**
     * Writes a checkpoint, durably. At every moment of it there is a whole one. The first of all is written twice.
     *
     * @param save writes the checkpoint to a path, durably, and the same each time
     */
    void write(Consumer<Path> save) throws IOException {
        Path next = unfinished(NEXT);
        save.accept(next);
        List<String> digests = new ArrayList<>(List.of(sha256(next)));
        digests.addAll(digests());
        note(digests.stream().distinct().limit(NOTED).toList());
        rotate(next);
        if (!Files.exists(older)) {
            Path second = unfinished("second-");
            save.accept(second);
            owner.move(second, older);
        }
    }

    /** Whether the successor of a checkpoint is begun and not finished, for those who do not own it. */
    static boolean isBeingWritten(Path newest) throws IOException {
        return Ownership.hasUnfinished(newest.resolveSibling(""), NEXT + newest.getFileName());
    }

    private Path unfinished(String prefix) {
        return owner.unfinished(prefix + newest.getFileName());
    }

    /**
     * The checkpoint to go on from; empty if there never was one.
     *
     * @param begun whether other files show that there was one
     * @throws RunStoppedException if there was one and none is whole
     */
    Optional<TrainerFiles.Checkpointed> find(boolean begun) throws IOException {
        List<String> digests = digests();
        for (Path next : owner.inherited(unfinished(NEXT).getFileName().toString())) {
            if (!digests.isEmpty() && sha256(next).equals(digests.get(0))) {
                rotate(next);
            }
        }
        boolean any = Files.exists(newest) || Files.exists(older);
        if (!begun && !any && !Files.exists(noted)) {
            return Optional.empty();
        }
        String damage = damage(newest, digests);
        if (damage == null) {
            return Optional.of(new TrainerFiles.Checkpointed(newest, null));
        }
        String damageOfOlder = damage(older, digests);
        if (damageOfOlder != null) {
            throw new RunStoppedException("the run has begun, but no checkpoint of it can be used: " + damage + "; "
                    + damageOfOlder + "; " + remedy);
        }
        if (Files.exists(newest)) {
            Path aside = newest.resolveSibling("damaged-" + newest.getFileName());
            owner.confirm();
            Files.move(newest, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        return Optional.of(new TrainerFiles.Checkpointed(older, damage));
    }

    /**
     * The checkpoint before the newest.
     *
     * @param reason why it is needed, in words
     * @throws RunStoppedException if it is not whole
     */
    TrainerFiles.Checkpointed before(String reason) {
        try {
            String damage = damage(older, digests());
            if (damage == null) {
                return new TrainerFiles.Checkpointed(older, reason);
            }
            throw new RunStoppedException(
                    reason + ", and the checkpoint before cannot be used: " + damage + "; " + remedy);
        } catch (IOException unreadable) {
            throw new RunStoppedException(reason + ", and " + noted + " cannot be read; " + remedy, unreadable);
        }
    }

    void forgetNewest() throws IOException {
        // Into the owner's directory first, which a successor takes away: that one's newest is out of reach then.
        Path forgotten = unfinished("forgotten-");
        owner.move(newest, forgotten);
        TrainerFiles.sync(newest.resolveSibling(""));
        Files.deleteIfExists(forgotten);
    }

    /** The reason why a checkpoint is not to be used; null if it is whole. */
    private @Nullable String damage(Path file, List<String> digests) {
        try {
            String sha256 = sha256(file);
            if (digests.contains(sha256)) {
                return null;
            }
            return digests.isEmpty()
                    ? file + " cannot be told from a damaged one without " + noted
                    : file + " is damaged: its SHA-256 is " + sha256 + ", which " + noted + " does not list";
        } catch (NoSuchFileException gone) {
            return file + " is missing";
        } catch (IOException unreadable) {
            return file + " cannot be read: " + unreadable.getMessage();
        }
    }

    /** The newest becomes the older one by a second name, so that there is a newest at every moment. */
    private void rotate(Path next) throws IOException {
        if (Files.exists(newest)) {
            Path second = unfinished("second-");
            Files.deleteIfExists(second);
            try {
                Files.createLink(second, newest);
            } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
                owner.confirm();
                Files.copy(newest, second);
            }
            owner.move(second, older);
            // Renaming one name of a file to another name of the same file leaves both.
            Files.deleteIfExists(second);
        }
        owner.move(next, newest);
        TrainerFiles.sync(newest.resolveSibling(""));
    }

    private List<String> digests() throws IOException {
        return Files.exists(noted) ? Files.readAllLines(noted, StandardCharsets.ISO_8859_1) : List.of();
    }

    private void note(List<String> digests) throws IOException {
        OwnedFile.replace(owner, noted, (String.join("\n", digests) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String sha256(Path file) throws IOException {
        try (OpenSpan ended = OpenSpan.within(SpanKind.HASHING, "SHA-256 of a checkpoint");
                InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        }
    }
}
