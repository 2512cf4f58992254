package dev.tempo.runs;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The files of a run's promotions: what was announced, and copies of the versions that are served or tried, which trainers would delete.
 * Anybody reads them; who tries versions takes them over, as trainers do theirs, and every writing method throws a {@link
 * dev.tempo.contract.FencedException} and changes nothing once another one has. So a record of a number has one content, though the process
 * that made it was frozen while another one went on.
 */
public final class PromotionFiles {
    /** Promoted versions whose copies stay, so that there is something to go back to. */
    public static final int KEPT = 5;

    /** Where in a run's directory the copies lie. */
    static final String PLACE = "promoted";

    private static final String VERSION = "v\\d{5,9}";

    private final Path run;
    private final @Nullable Ownership owner;

    PromotionFiles(Path run, @Nullable Ownership owner) {
        this.run = run;
        this.owner = owner;
    }

    /** The version whose copy a directory of this name is; empty of other names. */
    public static Optional<Integer> versionOf(Path copy) {
        String name = String.valueOf(copy.getFileName());
        return name.matches(VERSION) ? Optional.of(Integer.parseInt(name.substring(1))) : Optional.empty();
    }

    /** The promotions of which a directory, there or not, is a version's copy; empty of any other directory. */
    public static Optional<PromotionFiles> of(Path copy) {
        Path place = copy.toAbsolutePath().normalize().getParent();
        return place != null && place.endsWith(PLACE) && versionOf(copy).isPresent()
                ? Optional.ofNullable(place.getParent()).map(run -> new RunDirectory(run).promotions())
                : Optional.empty();
    }

    /** The versions whose copies stay when no trial needs them: those that were promoted last. */
    public static Set<Integer> kept(Collection<Promotion> records) {
        return records.stream()
                .filter(record -> record.outcome() == PromotionOutcome.PROMOTED)
                .sorted(Comparator.comparingInt(Promotion::number).reversed())
                .map(Promotion::version)
                .distinct()
                .limit(KEPT)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The same files for one who goes on with them from here on, whoever had them before. Creates what is missing of directories. */
    public PromotionFiles takeOver(long generation) {
        Path place = run.resolve("checkpoints").resolve("promotion");
        try {
            Files.createDirectories(place);
            Ownership taken = Ownership.take(place, generation);
            taken.sweep();
            return new PromotionFiles(run, taken);
        } catch (IOException unusable) {
            throw new UncheckedIOException("run directory " + run + " cannot be used: " + unusable, unusable);
        }
    }

    /** The token of the owner, greater than that of every owner before. */
    public long token() {
        return owner().token();
    }

    private Ownership owner() {
        if (owner == null) {
            throw new IllegalStateException("the promotions in " + run + " are to be taken over first");
        }
        return owner;
    }

    /** The records that were announced, by number. What is torn or damaged is left out. */
    public NavigableMap<Integer, byte[]> announced() {
        return records().all();
    }

    /** Adds a record to what is announced. When this returns it outlives a crash of the machine. For the owner. */
    public void announce(int number, byte[] message) {
        records().add(owner(), number, message);
    }

    private Announcements records() {
        return new Announcements(run.resolve("announced").resolve("promotions.jsonl"));
    }

    /** The directory of a version's copy, there or not. */
    public Path version(int version) {
        return run.resolve(PLACE).resolve("v%05d".formatted(version));
    }

    /**
     * Keeps a copy of a version, whole or not at all, and gives its reference. When this returns the copy outlives a crash of the machine and
     * has the hash that was announced. One that is there already is read, and made again where it is damaged. For the owner.
     *
     * @param model the version's files
     * @throws UncheckedIOException if they are gone or are not what was announced, naming the file
     */
    public ModelReference keep(int version, ModelReference model) {
        Path copy = version(version);
        try (OpenSpan ended = OpenSpan.within(SpanKind.WRITING, "promoted version")) {
            owner().doing(() -> {
                if (!WeightsHash.of(copy).equals(model.sha256())) {
                    copy(source(version, model), copy, model.sha256());
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("v" + version + " cannot be kept in " + copy, failed);
        }
        return new ModelReference(copy.toUri().toString(), model.sha256());
    }

    private Path source(int version, ModelReference model) {
        Path named = RunDirectory.pathOf(model);
        boolean there = !named.equals(version(version)) && Files.isDirectory(named);
        return there ? named : new RunDirectory(run).policy().version(version);
    }

    private void copy(Path from, Path to, String sha256) throws IOException {
        Path unfinished = owner().unfinished("promoted");
        Path replaced = owner().unfinished("replaced");
        FileSystemUtils.deleteRecursively(unfinished);
        Files.createDirectories(unfinished);
        for (Path file : listed(from)) {
            Path written = unfinished.resolve(file.getFileName());
            Files.copy(file, written);
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                TrainerFiles.force(channel);
            }
        }
        TrainerFiles.sync(unfinished);
        String actual = WeightsHash.of(unfinished);
        if (!actual.equals(sha256)) {
            throw new IOException("the weights in " + from + " have SHA-256 " + actual + ", but " + sha256
                    + " was announced: they are damaged or others");
        }
        Path place = to.resolveSibling("");
        if (!Files.isDirectory(place)) {
            Files.createDirectories(place);
            TrainerFiles.sync(run);
        }
        if (Files.exists(to)) {
            FileSystemUtils.deleteRecursively(replaced);
            owner().confirm();
            Files.move(to, replaced, StandardCopyOption.ATOMIC_MOVE);
        }
        owner().move(unfinished, to);
        TrainerFiles.sync(place);
        FileSystemUtils.deleteRecursively(replaced);
    }

    /** Deletes the copies of all versions but some. For the owner. */
    public void keepOnly(IntPredicate wanted) {
        Path place = run.resolve(PLACE);
        try {
            owner().doing(() -> {
                for (Path copy : Files.isDirectory(place) ? listed(place) : List.<Path>of()) {
                    if (versionOf(copy).filter(version -> !wanted.test(version)).isPresent()) {
                        Path old = owner().unfinished("old");
                        FileSystemUtils.deleteRecursively(old);
                        owner().move(copy, old);
                        FileSystemUtils.deleteRecursively(old);
                    }
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete old copies in " + place, failed);
        }
    }

    private static List<Path> listed(Path directory) throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.toList();
        }
    }
}
