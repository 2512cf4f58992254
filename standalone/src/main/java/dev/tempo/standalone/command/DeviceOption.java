package dev.tempo.standalone.command;

import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.InstructionSet;
import dev.tempo.model.device.MachineSettings;
import picocli.CommandLine.Option;

/** The options that say where and how tensors are computed, in this process and in those that it starts. */
public final class DeviceOption {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "Compute tensors with this device: auto, cpu, cuda or cuda:N (default: auto, which is a GPU where"
                            + " PyTorch finds one).")
    void choose(String device) {
        System.setProperty(MachineSettings.DEVICE, device);
    }

    @Option(
            names = "--numerics",
            paramLabel = "BITS",
            description =
                    "Whose bits to compute on processors: native, this type's own and the fastest, or portable, the same on"
                            + " every one that has AVX2 (default: native).")
    void compute(InstructionSet bits) {
        System.setProperty(MachineSettings.NUMERICS, bits.inWords());
    }

    /**
     * The device that was chosen.
     *
     * @throws dev.tempo.model.device.DeviceException saying what to do, if it cannot be used
     */
    public ComputeDevice device() {
        return ComputeDevice.current();
    }
}
