package dev.tempo.standalone.publish;

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

/** A policy version as others take it: weights, tokenizer, what transformers loads them with, and a model card. */
public final class FinalModel {
    private final Run run;
    private final int version;
    private final Path runDirectory;

    public FinalModel(Run run, int version, Path runDirectory) {
        this.run = run;
        this.version = version;
        this.runDirectory = runDirectory;
    }

    /** Copies a version's directory to {@code final/} of its run and completes it. */
    public void keep(Path source) {
        Path target = new RunDirectory(runDirectory).finalModel();
        try (Stream<Path> files = Files.list(source)) {
            Files.createDirectories(target);
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException uncopied) {
            throw new UncheckedIOException(target + " cannot be written", uncopied);
        }
        complete(target);
    }

    /** The completion of a directory of this version: what is missing beside the weights, and its model card. */
    public void complete(Path directory) {
        ModelDirectory model = new ModelDirectory(directory);
        ModelExport.addLoadingFiles(directory, SamplingSettings.of(run.recipe().generation()));
        String card = new ModelCard(run, version, runDirectory)
                .text(model.isAdapter(), model.weightType().inConfig(), model.sha256());
        try {
            Files.writeString(directory.resolve("README.md"), card);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(directory + " cannot be written", unwritable);
        }
    }
}
