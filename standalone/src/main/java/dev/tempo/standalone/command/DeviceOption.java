package dev.tempo.standalone.command;

import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.MachineSettings;
import picocli.CommandLine.Option;

/** The option that names the device for tensors, in this process and in those that it starts. */
final class DeviceOption {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "Compute tensors with this device: auto, cpu, cuda or cuda:N (default: auto, which is a GPU where"
                            + " PyTorch finds one).")
    void choose(String device) {
        System.setProperty(MachineSettings.DEVICE, device);
    }

    /** @throws dev.tempo.model.device.DeviceException saying what to do, if it cannot be used */
    ComputeDevice device() {
        return ComputeDevice.current();
    }
}
