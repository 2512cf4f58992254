package dev.tempo.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The PyTorch library that does the arithmetic. */
public final class NativeLibrary {
    private static final String DESCRIPTION = "/native/lib/pytorch.properties";

    private NativeLibrary() {}

    /**
     * Version and build of the library on the class path, without loading it; "external" where an installation outside the
     * class path is used. Another library may give other bits.
     */
    public static String version() {
        try (InputStream description = NativeLibrary.class.getResourceAsStream(DESCRIPTION)) {
            if (description == null) {
                return "external";
            }
            Properties properties = new Properties();
            properties.load(description);
            return properties.getProperty("version") + "-" + properties.getProperty("flavor", "cpu");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(DESCRIPTION + " on the class path cannot be read", unreadable);
        }
    }

    /**
     * Loads the library, computes something with it and says what it is.
     *
     * @throws RuntimeException or an Error of the class loader's when it cannot be loaded
     */
    public static String describe() {
        Torch.enter();
        try (NDManager manager = Torch.newManager()) {
            float sum = manager.ones(new Shape(2, 3)).sum().getFloat();
            if (sum != 6) {
                throw new IllegalStateException("PyTorch says that six ones are " + sum);
            }
            return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + " loads and computes";
        }
    }
}
