package dev.tempo.runs;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The files of a run that one trainer writes: versions {@code <model>/vNNNNN}, checkpoints and what shows their owner in {@code
 * checkpoints/<model>}, what the checkpoints hash to in {@code begun/<model>.sha256}, what was announced in {@code
 * announced/<model>.jsonl}, and finished stages {@code stages/<stage>/<model>}. They are read by anybody and written after {@link
 * #takeOver}; every writing method throws a {@link dev.tempo.contract.FencedException} and changes nothing once another trainer has
 * taken the files over.
 */
public final class TrainerFiles {
    private static final int NEWEST_KEPT = NeededVersions.NEWEST;

    private static final String VERSION = "v\\d{5,9}";

    /** Files that earlier versions of tempo had not renamed to their names yet. */
    private static final String UNFINISHED = "\\..*\\.unfinished";

    private final Path run;
    private final String model;
    private final String checkpoint;
    private final @Nullable Ownership owner;

    /**
     * Makes the paths of a trainer's files.
     *
     * @param run the run's directory
     * @param model what is trained, {@code policy} or {@code critic}
     * @param checkpoint the name of the checkpoint's file
     */
    TrainerFiles(Path run, String model, String checkpoint) {
        this(run, model, checkpoint, null);
    }

    private TrainerFiles(Path run, String model, String checkpoint, @Nullable Ownership owner) {
        this.run = run;
        this.model = model;
        this.checkpoint = checkpoint;
        this.owner = owner;
    }

    /** The directory of a version, written or not. The version that a run begins with lies elsewhere. */
    public Path version(int version) {
        return directory().resolve("v%05d".formatted(version));
    }

    /**
     * The names, sizes and times of the files in a directory, as text that is another one when somebody has changed or
     * deleted a file; empty where there is no directory.
     */
    public static String listing(Path directory) {
        try {
            StringBuilder text = new StringBuilder();
            for (Path file : listed(directory).stream().sorted().toList()) {
                text.append(file.getFileName())
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
            return text.toString();
        } catch (IOException changing) {
            return "";
        }
    }

    /** How many versions of a model are later than one of them, which is there or not; empty if it is no version's directory. */
    static Optional<Integer> successors(Path version) {
        String name = String.valueOf(version.getFileName());
        Path versions = version.resolveSibling("");
        if (!name.matches(VERSION) || !Files.isDirectory(versions)) {
            return Optional.empty();
        }
        return Optional.of(numbered(versions).tailMap(number(name), false).size());
    }

    private static int number(String version) {
        return Integer.parseInt(version.substring(1));
    }

    /** The written versions: their directories, by number. */
    public NavigableMap<Integer, Path> versions() {
        return numbered(directory());
    }

    private static NavigableMap<Integer, Path> numbered(Path directory) {
        NavigableMap<Integer, Path> versions = new TreeMap<>();
        try {
            for (Path path : listed(directory)) {
                String name = path.getFileName().toString();
                if (name.matches(VERSION)) {
                    versions.put(number(name), path);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list the versions in " + directory, unreadable);
        }
        return versions;
    }

    /** The file with the newest checkpoint. */
    public Path checkpoint() {
        return checkpoints().resolve(checkpoint);
    }

    /** Whether a checkpoint is begun and not finished; one whose writer died is that until its successor comes. */
    public boolean isCheckpointBeingWritten() {
        try {
            return KeptCheckpoints.isBeingWritten(checkpoint());
        } catch (IOException changing) {
            return false;
        }
    }

    /**
     * A whole checkpoint to go on from.
     *
     * @param file where it is
     * @param damage what is wrong with the newest, so that this is the one before; null if this is the newest
     */
    public record Checkpointed(Path file, @Nullable String damage) {}

    /**
     * The newest whole checkpoint; empty if the trainer has never begun. For the owner. Deletes what earlier owners began to
     * write and did not finish.
     *
     * @throws RunStoppedException if the trainer has begun and no checkpoint is whole: nothing begins again by itself
     */
    public Optional<Checkpointed> wholeCheckpoint() {
        try {
            Optional<Checkpointed> kept = kept().find(!versions().isEmpty());
            owner().sweep();
            sweep();
            return kept;
        } catch (IOException unusable) {
            confirm();
            throw new UncheckedIOException("cannot use the checkpoints in " + checkpoints(), unusable);
        }
    }

    /**
     * Writes the checkpoint and keeps the one before it. When this returns it outlives a crash of the machine. For the owner.
     *
     * @param save writes the checkpoint to a path, durably, and the same each time
     */
    public void writeCheckpoint(Consumer<Path> save) {
        try {
            try (OpenSpan ended = OpenSpan.within(SpanKind.WRITING, "checkpoint")) {
                owner().doing(() -> kept().write(save));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + checkpoint(), failed);
        }
    }

    /**
     * The checkpoint before the newest, to go back to while the newest is whole. For the owner.
     *
     * @param reason why it is needed, in words
     * @throws RunStoppedException if it is not whole
     */
    public Checkpointed checkpointBefore(String reason) {
        return kept().before(reason);
    }

    /** Deletes the newest checkpoint, after which the one before it is the newest. For the owner. */
    public void forgetNewestCheckpoint() {
        try {
            owner().doing(() -> kept().forgetNewest());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + checkpoint(), failed);
        }
    }

    /** The file of what has arrived, and of what the round of a version draws, as {@link #writeArrived} leaves it. */
    public Path arrived(int version) {
        return run.resolve("arrived").resolve("v%05d.json".formatted(version));
    }

    /** Writes the file of what has arrived until a version; when this returns it outlives a crash of the machine. Older ones go. */
    public void writeArrived(int version, byte[] content) {
        OwnedFile.write(owner(), arrived(version), content);
        delete(arrived(version - NEWEST_KEPT));
    }

    /** The versions that this trainer announced. */
    public Announcements announcements() {
        return new Announcements(run.resolve("announced").resolve(model + ".jsonl"));
    }

    /** The checkpoints of promoted versions, to which training may go back. For the owner. */
    public PromotedCheckpoints promoted() {
        return new PromotedCheckpoints(
                checkpoints(), run.resolve("begun").resolve(model + "-promoted.sha256"), checkpoint, remedy(), owner());
    }

    private KeptCheckpoints kept() {
        return new KeptCheckpoints(checkpoint(), run.resolve("begun").resolve(model + ".sha256"), remedy(), owner());
    }

    private String remedy() {
        return "put back what is missing or damaged, or compute the run anew by ./tempo run "
                + new RunDirectory(run).recipe();
    }

    private Ownership owner() {
        if (owner == null) {
            throw new IllegalStateException("the " + model + "'s files in " + run + " are to be taken over first");
        }
        return owner;
    }

    /** The directory of a finished stage's last model. */
    public Path stage(String stage) {
        return run.resolve("stages").resolve(stage).resolve(model);
    }

    /**
     * The same files for a trainer that goes on with them from here on, whoever had them before: alive, dead or frozen. Creates
     * the directories.
     *
     * @param generation of the trainer's consumer group, which says that they are this trainer's now
     */
    public TrainerFiles takeOver(long generation) {
        try {
            Files.createDirectories(directory());
            Files.createDirectories(checkpoints());
            return new TrainerFiles(run, model, checkpoint, Ownership.take(checkpoints(), generation));
        } catch (IOException unusable) {
            throw new UncheckedIOException("run directory " + run + " cannot be used: " + unusable, unusable);
        }
    }

    /** The token of the owner, greater than that of every owner before. */
    public long token() {
        return owner().token();
    }

    /** @throws dev.tempo.contract.FencedException if another trainer has taken the files over */
    public void confirm() {
        owner().confirm();
    }

    private void sweep() throws IOException {
        List<Path> places = new ArrayList<>(versions().values());
        places.add(checkpoints());
        for (Path place : places) {
            for (Path file : listed(place)) {
                if (file.getFileName().toString().matches(UNFINISHED)) {
                    Files.delete(file);
                }
            }
        }
        for (Path stage : listed(run.resolve("stages"))) {
            FileSystemUtils.deleteRecursively(stage.resolve(model + ".part"));
        }
    }

    private static List<Path> listed(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.toList();
        }
    }

    /**
     * Writes a version and gives its directory. When this returns the version outlives a crash of the machine. A version
     * that was written before is written again, the same.
     *
     * @param save writes the weights into a directory, durably
     */
    public Path writeVersion(int version, Consumer<Path> save) {
        return writeVersion(version(version), save);
    }

    /** Writes a version whose directory is known, as {@link #writeVersion(int, Consumer)} does. */
    public Path writeVersion(Path written, Consumer<Path> save) {
        try (OpenSpan ended = OpenSpan.within(SpanKind.WRITING, "version")) {
            owner().doing(() -> {
                Path unfinished = owner().unfinished("version");
                FileSystemUtils.deleteRecursively(unfinished);
                save.accept(unfinished);
                if (Files.isDirectory(written)) {
                    for (Path file : listed(unfinished)) {
                        owner().move(file, written.resolve(file.getFileName()));
                    }
                    sync(written);
                } else {
                    owner().move(unfinished, written);
                }
                sync(directory());
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + written, failed);
        }
        return written;
    }

    /**
     * Keeps a stage's last model where the cache of finished stages looks for it: the directory appears whole, and outlives
     * a crash of the machine. A directory that is there already is left from an attempt that died before its checkpoint and
     * was never announced; it is replaced.
     *
     * @param save writes the weights into a directory, durably
     */
    public void finishStage(String stage, Consumer<Path> save) {
        Path finished = stage(stage);
        try (OpenSpan ended = OpenSpan.within(SpanKind.WRITING, "stage")) {
            owner().doing(() -> {
                Path unfinished = owner().unfinished("stage");
                Path replaced = owner().unfinished("replaced");
                FileSystemUtils.deleteRecursively(unfinished);
                save.accept(unfinished);
                Files.createDirectories(finished.resolveSibling(""));
                if (Files.exists(finished)) {
                    FileSystemUtils.deleteRecursively(replaced);
                    owner().confirm();
                    Files.move(finished, replaced, StandardCopyOption.ATOMIC_MOVE);
                }
                owner().move(unfinished, finished);
                sync(finished.resolveSibling(""));
                FileSystemUtils.deleteRecursively(replaced);
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot write the " + model + " of stage '" + stage + "' to " + finished, failed);
        }
    }

    /**
     * Deletes versions that nobody reads any more: all but the newest three, the newest three that may be tried, of which a trial
     * has a copy, and those that are measured, of a run without an end the newest ten. A version number without files of its own
     * means the next lower number that has some, since a critic that has learned nothing is not written again.
     *
     * @param recipe says which versions are measured
     * @param newest the newest version's number
     */
    public void prune(Recipe recipe, int newest) {
        confirm();
        NavigableMap<Integer, Path> versions = versions();
        Set<Integer> kept = NeededVersions.of(recipe, newest, versions);
        versions.headMap(newest, true).forEach((version, path) -> {
            if (!kept.contains(version)) {
                delete(path);
            }
        });
    }

    private Path directory() {
        return run.resolve(model);
    }

    private Path checkpoints() {
        return run.resolve("checkpoints").resolve(model);
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + directory, failed);
        }
    }

    /** Returns when the disk has what was written. */
    static void force(FileChannel channel) throws IOException {
        try (OpenSpan ended = OpenSpan.within(SpanKind.FSYNC, "fsync")) {
            channel.force(true);
        }
    }

    /** Makes new and renamed entries of a directory outlive a crash of the machine. */
    static void sync(Path directory) throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(entries);
        }
    }
}
