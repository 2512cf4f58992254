package dev.tempo.standalone.check;

import dev.tempo.model.device.DeviceException;
import dev.tempo.model.device.NativeLibrary;
import java.util.List;

/** Whether the PyTorch library loads and computes on the device that is asked for. */
public final class NativeCheck {
    private NativeCheck() {}

    public static List<Finding> run() {
        try {
            return List.of(Finding.good("native", NativeLibrary.describe()));
        } catch (DeviceException unusable) {
            return List.of(Finding.problem("native", String.valueOf(unusable.getMessage())));
        }
    }
}
