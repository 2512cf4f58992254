package dev.tempo.model.device;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a machine rather than of an experiment: system properties, or environment variables of the same names with
 * underscores for dots and without dashes ({@code TEMPO_DEVICE}). Read when the engine is first used.
 */
public final class MachineSettings {
    /** The property that names the device: auto, cpu, cuda or cuda:N. */
    public static final String DEVICE = "tempo.device";
    /** The property that gives the size of the GPU's memory, such as 80GB, where the CUDA runtime does not tell it. */
    public static final String DEVICE_MEMORY = "tempo.device-memory";
    /** The property that names the type in which models are loaded for generating and valuing: auto, float32 or bfloat16. */
    public static final String INFERENCE = "tempo.inference";
    /** The property that chooses whose bits are computed on processors: native or portable. */
    public static final String NUMERICS = "tempo.numerics";
    /**
     * The property that lists keys of a model's JSON files, separated by commas, which are accepted although they are
     * unknown or turn on a feature that is not supported.
     */
    public static final String IGNORED_KEYS = "tempo.ignored-keys";

    /**
     * The property that gives the number of parts of a generation or measurement that are computed side by side on processors.
     */
    public static final String LANES = "tempo.lanes";

    /** DJL's own property: the number of threads that PyTorch computes with. */
    public static final String THREADS = "ai.djl.pytorch.num_threads";

    public static final List<String> NAMES = List.of(DEVICE, DEVICE_MEMORY, INFERENCE, NUMERICS, LANES, IGNORED_KEYS);

    private MachineSettings() {}

    /**
     * Sets for this process each setting that another source gives and that nobody has set before.
     *
     * @param source the value of a property by its name; null for a property that the source does not know
     */
    public static void takeFrom(UnaryOperator<@Nullable String> source) {
        for (String name : NAMES) {
            String value = source.apply(name);
            if (value != null && System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        }
    }

    /** The JVM options by which another process gets the same settings. Environment variables reach it without them. */
    public static List<String> jvmOptions() {
        return NAMES.stream()
                .filter(name -> System.getProperty(name) != null)
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .toList();
    }

    /** The name of the environment variable that sets a property. */
    public static String variable(String name) {
        return name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** The value of a setting, or a default if it is not set. */
    public static String of(String name, String otherwise) {
        String value = System.getProperty(name);
        if (value == null) {
            value = System.getenv(variable(name));
        }
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
