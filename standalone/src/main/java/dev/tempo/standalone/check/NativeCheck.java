package dev.tempo.standalone.check;

import dev.tempo.model.DeviceException;
import dev.tempo.model.NativeLibrary;
import java.util.List;

/** Whether the PyTorch library loads and computes on the device that is asked for. */
public final class NativeCheck {
    private NativeCheck() {}

    public static List<Finding> run() {
        try {
            return List.of(Finding.good("native", NativeLibrary.describe()));
        } catch (DeviceException unusable) {
            return List.of(Finding.problem("device", String.valueOf(unusable.getMessage())));
        } catch (RuntimeException | LinkageError unusable) {
            return List.of(
                    Finding.problem(
                            "native",
                            "PyTorch does not load: " + unusable.getMessage()
                                    + "; the directory named by DJL_CACHE_DIR (default ~/.djl.ai) must be writable and have 500 MB"));
        }
    }
}
