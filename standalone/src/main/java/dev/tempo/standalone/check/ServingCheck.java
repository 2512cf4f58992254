package dev.tempo.standalone.check;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.serving.ServingMemory;
import dev.tempo.serving.ServingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The check of memory for serving: the versions that may be in memory at once, each with its keys and values in full. */
public final class ServingCheck {
    private static final double GIB = 1L << 30;

    private ServingCheck() {}

    /** The findings about a model that is served alone. */
    public static List<Finding> of(Path model, ServingSettings settings) {
        return of(new ModelDirectory(model).config(), settings, 0);
    }

    /**
     * The findings about a model that is served.
     *
     * @param beside bytes that a run holds beside it
     */
    static List<Finding> of(ModelConfig config, ServingSettings settings, long beside) {
        ServingMemory memory = ServingMemory.of(config, settings);
        OptionalLong there = MachineMemory.bytes();
        String text = String.format(
                Locale.ROOT,
                "serving holds up to %.2f GiB: %d versions, each with %.2f of weights, %.2f of keys and values, %.2f of"
                        + " intermediate results",
                memory.total() / GIB,
                settings.versions(),
                memory.weights() / GIB,
                memory.cache() / GIB,
                memory.activations() / GIB);
        if (there.isEmpty()) {
            return List.of(Finding.good("memory", text));
        }
        String compared = String.format(Locale.ROOT, "%s; there are %.1f GiB", text, there.getAsLong() / GIB)
                + (beside == 0 ? "" : String.format(Locale.ROOT, ", of which the run holds %.1f", beside / GIB));
        return List.of(
                memory.total() + beside <= there.getAsLong()
                        ? Finding.good("memory", compared)
                        : Finding.problem(
                                "memory",
                                compared + ": make --versions, --rows or --cache smaller, or take a smaller model"));
    }
}
