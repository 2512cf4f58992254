package dev.tempo.runs;

import dev.tempo.contract.FencedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The right of one trainer to write a run's files, until another one takes it. A token tells the two apart: it is the number of
 * a directory {@code owner-N}, the highest there is, and only grows. The directory also holds what its owner has not finished
 * writing; a file gets its name by being moved out of it. A successor first makes its own directory and then moves those of
 * its predecessors into that, so that a predecessor that was frozen at any moment, even after it looked at the token, finds
 * nothing left to move. No clock decides anything.
 */
final class Ownership {
    private static final Pattern NAME = Pattern.compile("owner-(\\d{1,18})");

    private final Path place;
    private final long token;
    private final Path own;

    private Ownership(Path place, long token) {
        this.place = place;
        this.token = token;
        own = directory(place, token);
    }

    /**
     * Takes the right over from whoever had it.
     *
     * @param place where owners have their directories
     * @param atLeast the lowest token to take, the generation of the trainer's consumer group
     */
    static Ownership take(Path place, long atLeast) throws IOException {
        while (true) {
            NavigableMap<Long, Path> before = owners(place);
            long token = before.isEmpty() ? Math.max(1, atLeast) : Math.max(before.lastKey() + 1, atLeast);
            try {
                Files.createDirectory(directory(place, token));
            } catch (FileAlreadyExistsException taken) {
                continue;
            }
            TrainerFiles.sync(place);
            Ownership taken = new Ownership(place, token);
            taken.inherit();
            return taken;
        }
    }

    private static Path directory(Path place, long token) {
        return place.resolve("owner-" + token);
    }

    private static NavigableMap<Long, Path> owners(Path place) throws IOException {
        NavigableMap<Long, Path> owners = new TreeMap<>();
        try (Stream<Path> listed = Files.list(place)) {
            listed.forEach(path -> {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()) {
                    owners.put(Long.valueOf(name.group(1)), path);
                }
            });
        }
        return owners;
    }

    private void inherit() throws IOException {
        for (Path predecessor : owners(place).headMap(token, false).values()) {
            try {
                Files.move(
                        predecessor, own.resolve(predecessor.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException inheritedByAnother) {
                // Whoever took it has a higher token than its owner, as this one has.
            }
        }
    }

    long token() {
        return token;
    }

    /** Whether the last who took the right has an unfinished file of a name. */
    static boolean hasUnfinished(Path place, String name) throws IOException {
        NavigableMap<Long, Path> owners = Files.isDirectory(place) ? owners(place) : new TreeMap<>();
        return !owners.isEmpty() && Files.exists(owners.lastEntry().getValue().resolve(name));
    }

    /** The files of a name that predecessors had not finished. */
    List<Path> inherited(String name) throws IOException {
        try (Stream<Path> walked = Files.walk(own)) {
            return walked.filter(file -> file.getFileName().toString().equals(name) && !own.equals(file.getParent()))
                    .toList();
        }
    }

    /** Deletes all that predecessors had not finished. */
    void sweep() throws IOException {
        try (Stream<Path> listed = Files.list(own)) {
            for (Path predecessor : listed.toList()) {
                FileSystemUtils.deleteRecursively(predecessor);
            }
        }
    }

    /** A file of its own to write; {@link #move} gives it its name. */
    Path unfinished(String name) {
        return own.resolve(name);
    }

    /** @throws FencedException if another trainer has taken the right since */
    void confirm() {
        try {
            // Either a successor has taken it away, or somebody has deleted it, and then this one is still the owner.
            boolean missing = !Files.isDirectory(own);
            if (missing) {
                Files.createDirectories(own);
            }
            long newest = owners(place).lastKey();
            if (newest != token) {
                if (missing) {
                    FileSystemUtils.deleteRecursively(own);
                }
                throw new FencedException("token " + token + " in " + place + " is not the newest any more");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot tell who owns " + place, unreadable);
        }
    }

    /**
     * Gives an unfinished file or directory its name, in one step.
     *
     * @throws FencedException if another trainer has taken the right since; nothing was moved then
     */
    void move(Path unfinished, Path to) throws IOException {
        confirm();
        try {
            Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException takenAway) {
            confirm();
            throw takenAway;
        }
    }

    /**
     * Does something with files; what fails because another trainer has taken the right is not blamed on the files.
     *
     * @throws FencedException if another trainer has taken the right before or meanwhile
     */
    void doing(Work work) throws IOException {
        confirm();
        try {
            work.run();
        } catch (IOException | RuntimeException failed) {
            try {
                confirm();
            } catch (FencedException fenced) {
                // Who writes files makes missing directories, and this one was taken away.
                FileSystemUtils.deleteRecursively(own);
                throw fenced;
            }
            throw failed;
        }
    }

    /** Work with files. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }
}
