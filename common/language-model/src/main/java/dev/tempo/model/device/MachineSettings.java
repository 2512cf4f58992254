package dev.tempo.model.device;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is set for a machine and not for an experiment: system properties, or environment variables of the same names with
 * underscores for dots and without dashes ({@code TEMPO_DEVICE}). Read when the engine is first used.
 */
public final class MachineSettings {
    /** auto, cpu, cuda or cuda:N. */
    public static final String DEVICE = "tempo.device";
    /** Bytes of that device's memory (80GB), where they cannot be asked for. */
    public static final String DEVICE_MEMORY = "tempo.device-memory";
    /** auto, float32 or bfloat16: the type in which models are loaded to generate and to value. */
    public static final String INFERENCE = "tempo.inference";
    /**
     * Keys of a model's JSON files, separated by commas, that are passed over though nobody here knows what they mean, or
     * though they ask for what is not done.
     */
    public static final String IGNORED_KEYS = "tempo.ignored-keys";

    /** DJL's own: how many threads PyTorch computes with. */
    public static final String THREADS = "ai.djl.pytorch.num_threads";

    public static final List<String> NAMES = List.of(DEVICE, DEVICE_MEMORY, INFERENCE, IGNORED_KEYS);

    private MachineSettings() {}

    /**
     * Sets for this process what another source of settings says and nobody has set before.
     *
     * @param source null for what it does not know
     */
    public static void takeFrom(UnaryOperator<@Nullable String> source) {
        for (String name : NAMES) {
            String value = source.apply(name);
            if (value != null && System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        }
    }

    /** Options by which another JVM has the same settings; environment variables reach it anyway. */
    public static List<String> jvmOptions() {
        return NAMES.stream()
                .filter(name -> System.getProperty(name) != null)
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .toList();
    }

    /** The environment variable that says the same. */
    public static String variable(String name) {
        return name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }

    public static String of(String name, String otherwise) {
        String value = System.getProperty(name);
        if (value == null) {
            value = System.getenv(variable(name));
        }
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
