package dev.tempo.standalone.launch;

import dev.tempo.model.planning.Reproducibility;
import java.nio.file.Path;

/**
 * The circumstances that the bits of a run depend on besides its recipe: how and where it is computed.
 *
 * @param threads torch threads of a process
 * @param digest of this machine's products for the model's shape, as of {@link Reproducibility}
 */
public record Numerics(int threads, String digest) {

    /** That of a model on this machine. */
    public static Numerics of(int threads, Path model) {
        return new Numerics(threads, Reproducibility.of(model).digest());
    }
}
