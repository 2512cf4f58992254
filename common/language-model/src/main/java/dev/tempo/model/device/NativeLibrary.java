package dev.tempo.model.device;

import ai.djl.pytorch.jni.LibUtils;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** The native PyTorch library (libtorch) that does the arithmetic. */
public final class NativeLibrary {
    private static final String DESCRIPTION = "/native/lib/pytorch.properties";
    private static final String EXTERNAL = "external";

    private NativeLibrary() {}

    /**
     * The version and build of the library on the class path, found without loading it; "external" where an installation
     * outside the class path is used. Another library may give other bits.
     */
    public static String version() {
        if (isElsewhere()) {
            return EXTERNAL;
        }
        try (InputStream description = NativeLibrary.class.getResourceAsStream(DESCRIPTION)) {
            if (description == null) {
                return EXTERNAL;
            }
            Properties properties = new Properties();
            properties.load(description);
            return properties.getProperty("version") + "-" + properties.getProperty("flavor", "cpu");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(DESCRIPTION + " on the class path cannot be read", unreadable);
        }
    }

    /** Whether the library is known, without loading it, to be one without CUDA. */
    static boolean isForProcessors() {
        return version().endsWith("-cpu");
    }

    /** Whether DJL will load a library from a path that is set, in place of the one on the class path. */
    private static boolean isElsewhere() {
        return Stream.of(System.getenv("PYTORCH_LIBRARY_PATH"), System.getProperty("java.library.path"))
                .filter(paths -> paths != null && !paths.isEmpty())
                .flatMap(paths -> Arrays.stream(paths.split(File.pathSeparator)))
                .map(Path::of)
                .anyMatch(path -> Files.isRegularFile(path.resolve("libtorch.so"))
                        || path.endsWith("libtorch.so") && Files.isRegularFile(path));
    }

    /** The version and directory of the library that was loaded. */
    static String inUse() {
        return LibUtils.getVersion() + " in " + LibUtils.getLibtorchPath();
    }

    /** Loads the library and starts the engine, unless that has been done. */
    public static void load() {
        TorchEngine.started();
    }

    /**
     * The loaded library's description for people, given after it has computed something on this process's device.
     *
     * @throws DeviceException if library or device cannot be used
     */
    public static String describe() {
        ComputeDevice device = ComputeDevice.current();
        try {
            load();
        } catch (RuntimeException | LinkageError unusable) {
            throw ComputeDevice.notLoading(unusable);
        }
        float sum = TorchEngine.sumOfOnes(device.djl(), 2, 3);
        if (sum != 6) {
            throw new IllegalStateException("PyTorch says that six ones are " + sum);
        }
        String what = "PyTorch " + TorchEngine.started().getVersion() + " loads and computes on " + device + " ("
                + device.inferenceType().inConfig() + " to generate and to value)";
        if (!device.cuda()) {
            return what;
        }
        return what + ", libtorch " + inUse() + ", "
                + (device.memory().isPresent()
                        ? String.format(Locale.ROOT, "%.1f GiB", device.memory().getAsLong() / (double) (1L << 30))
                        : "memory unknown: say it by " + MachineSettings.DEVICE_MEMORY);
    }
}
