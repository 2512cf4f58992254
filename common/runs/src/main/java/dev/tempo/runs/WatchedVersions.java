package dev.tempo.runs;

import dev.tempo.runs.TrainerFiles.Checkpointed;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A trainer's watch over the versions that others read and that it can still write again: the newest, and the one before it, which an
 * evaluation may want later than the trainer has moved on. Their files are read whole when names, sizes or times in the directory
 * are others than when they were whole; those of the newest also when nothing has come to the trainer for many looks, since somebody may
 * be waiting for a file in which a bit is flipped and nothing else. Not thread-safe.
 */
public final class WatchedVersions {
    /** So many looks without news, and twice as many each time after that. */
    private static final int LOOKS = 30;

    private final TrainerFiles files;
    private final Trainer trainer;
    private @Nullable Watched newest;
    private @Nullable Watched before;
    private int looks;

    /** What a trainer knows of its versions. */
    public interface Trainer {
        /** The damage to a version's files, in words that name the file; empty if they are whole. */
        Optional<String> damage(Path version, String sha256);

        /** What writes the version with this SHA-256 from the weights at hand; empty if they are others. */
        Optional<Consumer<Path>> fromWeights(String sha256);

        /** What writes the version with this SHA-256 from a checkpoint; empty if that holds others. */
        Optional<Consumer<Path>> fromCheckpoint(Checkpointed checkpoint, String sha256);

        /** Somebody should know what is done about a damaged version, or why nothing can be. */
        void tell(Path version, String damage, String what);
    }

    private static final class Watched {
        private final Path directory;
        private final String sha256;
        private String listing = "";

        private Watched(Path directory, String sha256) {
            this.directory = directory;
            this.sha256 = sha256;
        }

        private boolean isChanged() {
            return !listing.equals(TrainerFiles.listing(directory));
        }

        private void seen() {
            listing = TrainerFiles.listing(directory);
        }
    }

    /** @param files taken over by the trainer */
    public WatchedVersions(TrainerFiles files, Trainer trainer) {
        this.files = files;
        this.trainer = trainer;
    }

    /**
     * Whether a version is one that its trainer still writes again: a run's newest and the one before it. Nobody can write another
     * one again, a copy of a promoted one, or a model that is no run's version.
     *
     * @param version its directory, there or not
     */
    public static boolean mayBeMended(Path version) {
        return successors(version).filter(later -> later < 2).isPresent();
    }

    /**
     * Whether a version is one that its trainer has written and does not write again any more, since it has gone on: it has two successors.
     *
     * @param version its directory, there or not
     */
    public static boolean isLeftBehind(Path version) {
        return successors(version).filter(later -> later >= 2).isPresent();
    }

    /** How many versions its trainer has made since; empty of a copy of a promoted one, and of what is no version. */
    private static Optional<Integer> successors(Path version) {
        Path model = version.toAbsolutePath().resolveSibling("").getFileName();
        return String.valueOf(model).equals(PromotionFiles.PLACE) ? Optional.empty() : TrainerFiles.successors(version);
    }

    /** A version is the newest, and the newest so far the one before it; its files are looked at when {@link #mend} is called. */
    public void expect(Path directory, String sha256) {
        before = newest;
        newest = new Watched(directory, sha256);
    }

    /** A version that has just been written is the newest, and the newest so far the one before it. */
    public void written(Path directory, String sha256) {
        Watched next = new Watched(directory, sha256);
        next.seen();
        before = newest;
        newest = next;
    }

    /** Something has come to the trainer: nobody waits for its newest version. */
    public void news() {
        looks = 0;
    }

    /**
     * One look, after which the files of both versions are whole, or somebody has been told that they cannot be.
     *
     * @throws dev.tempo.contract.FencedException if there is something to mend and another trainer has the files now
     */
    public void mend() {
        looks++;
        boolean waitedLong = looks % LOOKS == 0 && Integer.bitCount(looks / LOOKS) == 1;
        Watched last = newest;
        if (last != null && (waitedLong || last.isChanged())) {
            mend(last);
        }
        Watched former = before;
        if (former != null && former.isChanged()) {
            mend(former);
        }
    }

    private void mend(Watched version) {
        trainer.damage(version.directory, version.sha256).ifPresent(damage -> {
            files.confirm();
            source(version)
                    .ifPresentOrElse(
                            source -> {
                                trainer.tell(
                                        version.directory,
                                        damage,
                                        "the version's files are written again from its checkpoint");
                                files.writeVersion(version.directory, source);
                                trainer.damage(version.directory, version.sha256)
                                        .ifPresent(other -> {
                                            throw new RunStoppedException(
                                                    other + ", though it has just been written again");
                                        });
                            },
                            () -> trainer.tell(
                                    version.directory,
                                    damage,
                                    "the version's files cannot be written again: no checkpoint holds it any more"));
        });
        version.seen();
    }

    private Optional<Consumer<Path>> source(Watched version) {
        return trainer.fromWeights(version.sha256).or(() -> {
            try {
                return trainer.fromCheckpoint(files.checkpointBefore("a version's files are damaged"), version.sha256);
            } catch (RunStoppedException noWholeOne) {
                return Optional.empty();
            }
        });
    }
}
