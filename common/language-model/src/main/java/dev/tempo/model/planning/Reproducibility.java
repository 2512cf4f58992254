package dev.tempo.model.planning;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.scripts.ProductRows;
import java.nio.file.Path;

/**
 * The promise of a machine to compute the same bits again for a model, whatever is computed beside it, and what those bits
 * depend on.
 *
 * @param promised whether responses, log-probabilities and values of a sequence never depend on which others are computed
 *     with it, so that work that is killed, delivered again or spread over more workers ends with the same results
 * @param digest of some results, 16 hexadecimal digits: machines with different digests compute different bits. Empty where
 *     nothing is promised
 * @param words a description for people, without a full stop
 */
public record Reproducibility(boolean promised, String digest, String words) {

    /**
     * The promise for a model's shape on this process's device, in float32. Computes for up to some seconds if this
     * machine's library has not been probed for the shape before.
     *
     * @param model a Hugging Face directory, whose weights are not read
     * @throws ModelFormatException naming file and field
     */
    public static Reproducibility of(Path model) {
        ComputeDevice device = ComputeDevice.current();
        if (device.cuda() || device.inferenceType() != WeightType.FLOAT32) {
            return new Reproducibility(
                    false,
                    "",
                    "bits are promised for processors and float32 only: a run that is killed or scaled may end otherwise");
        }
        return of(ProductRows.of(new ModelDirectory(model).config(), WeightType.FLOAT32));
    }

    /** The promise that follows from the blocks of rows found for a model. */
    public static Reproducibility of(ProductRows rows) {
        if (!rows.promised()) {
            return new Reproducibility(
                    false,
                    "",
                    "bits are not promised on this machine: a row of its library's matrix products depends on the rows beside"
                            + " it, so a run that is killed or scaled may end otherwise");
        }
        return new Reproducibility(
                true,
                rows.digest(),
                "the same seed gives the same bits on machines whose products have digest " + rows.digest() + " ("
                        + rows.cached() + " to generate, " + rows.whole() + " to measure)");
    }
}
