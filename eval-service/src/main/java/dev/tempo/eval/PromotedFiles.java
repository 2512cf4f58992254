package dev.tempo.eval;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The copies of a run's promoted versions: trainers delete versions that nobody measures any more, and what is served must stay. */
final class PromotedFiles {
    private static final String VERSION = "v\\d{5,9}";
    private static final int KEPT = 5;

    private PromotedFiles() {}

    /**
     * A version's files as they stay: those of the version that a run begins with where they are, copies of any other, whole or not at all.
     * Of the oldest copies all but the newest five are deleted.
     *
     * @throws UncheckedIOException if they cannot be copied
     */
    static ModelReference kept(Run run, int version, ModelReference model) {
        if (version == run.firstVersion()) {
            return model;
        }
        Path copy = RunDirectory.of(run).promoted(version);
        Path unfinished = copy.resolveSibling("." + copy.getFileName() + ".unfinished");
        try {
            if (!Files.isDirectory(copy)) {
                FileSystemUtils.deleteRecursively(unfinished);
                Files.createDirectories(unfinished);
                for (Path file : listed(RunDirectory.pathOf(model))) {
                    Files.copy(file, unfinished.resolve(file.getFileName()));
                }
                Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
            }
            List<Path> copies = listed(copy.resolveSibling("")).stream()
                    .filter(path -> path.getFileName().toString().matches(VERSION) && !path.equals(copy))
                    .sorted()
                    .toList();
            for (Path old : copies.subList(0, Math.max(0, copies.size() - KEPT + 1))) {
                FileSystemUtils.deleteRecursively(old);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("v" + version + " cannot be kept in " + copy, failed);
        }
        return new ModelReference(copy.toUri().toString(), model.sha256());
    }

    private static List<Path> listed(Path directory) throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.toList();
        }
    }
}
