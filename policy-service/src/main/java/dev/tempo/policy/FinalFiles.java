package dev.tempo.policy;

import dev.tempo.contract.Run;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.export.ModelExport;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The last policy of a run in files for other programs, {@code final/} of its directory. Its model card comes with the report. */
public final class FinalFiles {
    private FinalFiles() {}

    /**
     * Writes them unless they are there and whole. They have their name only when all are written, so that this may be killed at
     * any moment and done again.
     *
     * @param source the directory of the last version
     * @param sha256 of its weights
     */
    public static void write(Run run, Path source, String sha256) {
        Path target = RunDirectory.of(run).finalModel();
        if (Files.isDirectory(target)
                && new ModelDirectory(target).damage(sha256).isEmpty()) {
            return;
        }
        Path unfinished = target.resolveSibling(".final.unfinished");
        try {
            FileSystemUtils.deleteRecursively(unfinished);
            Files.createDirectories(unfinished);
            copy(source, unfinished);
            ModelExport.addLoadingFiles(
                    unfinished, SamplingSettings.of(run.recipe().generation()));
            new ModelDirectory(unfinished).noteFiles();
            Path card = target.resolve("README.md");
            if (Files.exists(card)) {
                Files.copy(card, unfinished.resolve(card.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            FileSystemUtils.deleteRecursively(target);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(target + " cannot be written", unwritable);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }
}
