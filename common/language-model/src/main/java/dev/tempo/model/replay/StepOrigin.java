package dev.tempo.model.replay;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.Training;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The weights that steps began with, and how they were trained.
 *
 * @param weights the trainer's checkpoint; the directory of a version where nothing was trained
 * @param sha256 of the weights
 * @param version number of the version that the weights made, or were about to change
 * @param versionSha256 the version's own; null where it has no files yet
 * @param base directory with the model's config and tokenizer, and the weights that LoRA does not train
 * @param training null where all weights are trained at once
 * @param optimizer with the learning rate; null where nothing was trained
 * @param optimizerReset whether the optimizer was reset after the checkpoint was written
 */
public record StepOrigin(
        String weights,
        String sha256,
        int version,
        @Nullable String versionSha256,
        String base,
        @Nullable Training training,
        @Nullable Optimizer optimizer,
        boolean optimizerReset) {

    /** The origin of steps that a trainer takes from its checkpoint on. */
    public static StepOrigin ofCheckpoint(
            Path file,
            int version,
            @Nullable String versionSha256,
            Path base,
            @Nullable Training training,
            Optimizer optimizer) {
        return new StepOrigin(
                file.toString(), hash(file), version, versionSha256, base.toString(), training, optimizer, false);
    }

    /** The origin of what was measured with a version that was only loaded. */
    public static StepOrigin ofVersion(Path directory, int version, String sha256) {
        return new StepOrigin(directory.toString(), sha256, version, sha256, directory.toString(), null, null, false);
    }

    static String hash(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        } catch (IOException unreadable) {
            throw new UserException(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    StepOrigin withReset(Optimizer settings) {
        return new StepOrigin(weights, sha256, version, versionSha256, base, training, settings, true);
    }
}
