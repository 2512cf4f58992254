package dev.tempo.standalone.publish;

import dev.tempo.contract.Run;
import dev.tempo.eval.report.ModelCard;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.export.ModelExport;
import dev.tempo.model.inference.SamplingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
