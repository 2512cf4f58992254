package dev.tempo.model.device;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import dev.tempo.model.WeightType;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The device that holds all tensors of a process and computes with them, chosen by {@value MachineSettings#DEVICE} before
 * the first tensor is made.
 *
 * @param cuda whether the device is a GPU
 * @param index the number of the GPU; 0 for the processor
 */
public record ComputeDevice(boolean cuda, int index) {
    private static final ComputeDevice PROCESSOR = new ComputeDevice(false, 0);
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,12})\\s*([KMGT]?)i?B?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LANES = Pattern.compile("[1-9]\\d{0,2}");
    private static final String HOW = "docs/deployment.md says how, under GPU";

    private static @Nullable ComputeDevice chosen;

    /**
     * This process's device. Loads the tensor engine if only the engine can tell which device there is.
     *
     * @throws DeviceException if the setting names no device, or one that the engine cannot use
     */
    public static synchronized ComputeDevice current() {
        ComputeDevice device = chosen;
        if (device == null) {
            device = find(MachineSettings.of(MachineSettings.DEVICE, "auto"));
            chosen = device;
        }
        return device;
    }

    static ComputeDevice find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("cpu")) {
            return PROCESSOR;
        }
        if (lower.equals("auto")) {
            return !NativeLibrary.isForProcessors() && engineHasCuda() ? new ComputeDevice(true, 0) : PROCESSOR;
        }
        Matcher cuda = CUDA.matcher(lower);
        if (!cuda.matches()) {
            throw new DeviceException(
                    MachineSettings.DEVICE + " is '" + name + "', but must be auto, cpu, cuda or cuda:N");
        }
        ComputeDevice device = new ComputeDevice(true, cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        device.tryOut(name);
        return device;
    }

    private void tryOut(String name) {
        if (!engineHasCuda()) {
            throw new DeviceException(MachineSettings.DEVICE + " is " + name + ", but libtorch "
                    + NativeLibrary.inUse() + " finds no CUDA device. Give it a CUDA build of libtorch (" + HOW
                    + ") and look with nvidia-smi whether the driver sees a GPU, or set " + MachineSettings.DEVICE
                    + "=cpu");
        }
        try {
            TorchEngine.sumOfOnes(djl(), 1);
        } catch (RuntimeException unusable) {
            throw new DeviceException(
                    MachineSettings.DEVICE + " is " + name + ", which cannot be used: " + unusable.getMessage()
                            + ". nvidia-smi lists the devices; they are counted from 0",
                    unusable);
        }
    }

    private static boolean engineHasCuda() {
        try {
            return TorchEngine.hasCuda();
        } catch (RuntimeException | LinkageError unusable) {
            throw notLoading(unusable);
        }
    }

    static DeviceException notLoading(Throwable unusable) {
        Throwable reason = unusable;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new DeviceException(
                "libtorch does not load: " + reason.getMessage()
                        + ". If it comes from the class path, the directory named by DJL_CACHE_DIR (default ~/.djl.ai) must"
                        + " be writable and have 500 MB; if from elsewhere, PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and"
                        + " PYTORCH_FLAVOR must name one build ("
                        + HOW + ")",
                unusable);
    }

    /**
     * The type in which models are loaded for generating and valuing: the one that {@value MachineSettings#INFERENCE} names,
     * otherwise bfloat16 on a GPU and float32 on a processor.
     *
     * @throws DeviceException if the setting names no such type
     */
    public WeightType inferenceType() {
        String name = MachineSettings.of(MachineSettings.INFERENCE, "auto");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> cuda ? WeightType.BFLOAT16 : WeightType.FLOAT32;
            case "float32" -> WeightType.FLOAT32;
            case "bfloat16" -> WeightType.BFLOAT16;
            default ->
                throw new DeviceException(
                        MachineSettings.INFERENCE + " is '" + name + "', but must be auto, float32 or bfloat16");
        };
    }

    /**
     * The size of a GPU's memory in bytes; empty for a processor, and for a GPU whose size neither {@value
     * MachineSettings#DEVICE_MEMORY} nor the CUDA runtime tells.
     *
     * @throws DeviceException if the setting is not a size
     */
    public OptionalLong memory() {
        if (!cuda) {
            return OptionalLong.empty();
        }
        String set = MachineSettings.of(MachineSettings.DEVICE_MEMORY, "");
        if (!set.isEmpty()) {
            return OptionalLong.of(bytes(set));
        }
        try {
            return OptionalLong.of(CudaUtils.getGpuMemory(djl()).getMax());
        } catch (RuntimeException | LinkageError unknown) {
            return OptionalLong.empty();
        }
    }

    /**
     * The number of computations to do side by side: what {@value MachineSettings#LANES} says, otherwise one; one on a GPU, and
     * where torch itself computes with several threads. Each has intermediate results of its own in memory.
     *
     * @throws DeviceException if the setting is no number
     */
    public int lanes() {
        String said = MachineSettings.of(MachineSettings.LANES, "1");
        if (!LANES.matcher(said).matches()) {
            throw new DeviceException(MachineSettings.LANES + " is '" + said + "', but must be a number from 1 to 999");
        }
        if (cuda || !MachineSettings.of(MachineSettings.THREADS, "1").equals("1")) {
            return 1;
        }
        return Integer.parseInt(said);
    }

    static long bytes(String size) {
        Matcher matcher = BYTES.matcher(size);
        if (!matcher.matches()) {
            throw new DeviceException(MachineSettings.DEVICE_MEMORY + " is '" + size + "', but must be like 80GB");
        }
        int power = " KMGT"
                .indexOf((matcher.group(2) + " ").toUpperCase(Locale.ROOT).charAt(0));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << 10 * power);
    }

    Device djl() {
        return cuda ? Device.gpu(index) : Device.cpu();
    }

    /** The device's name as {@value MachineSettings#DEVICE} takes it: cpu or cuda:N. */
    @Override
    public String toString() {
        return cuda ? "cuda:" + index : "cpu";
    }
}
