package dev.tempo.model;

import java.util.Arrays;
import java.util.Optional;

/** Floating-point types that weights are stored in; whatever a file holds, they are loaded in float32 or bfloat16. */
public enum WeightType {
    FLOAT32("F32", "float32", 4, 6),
    FLOAT16("F16", "float16", 2, 5),
    BFLOAT16("BF16", "bfloat16", 2, 15);

    private final String inFiles;
    private final String inConfig;
    private final int bytes;
    private final int torchType;

    WeightType(String inFiles, String inConfig, int bytes, int torchType) {
        this.inFiles = inFiles;
        this.inConfig = inConfig;
        this.bytes = bytes;
        this.torchType = torchType;
    }

    public static Optional<WeightType> inFile(String dtype) {
        return Arrays.stream(values())
                .filter(type -> type.inFiles.equals(dtype))
                .findAny();
    }

    public static Optional<WeightType> inConfig(String dtype) {
        String name = dtype.startsWith("torch.") ? dtype.substring("torch.".length()) : dtype;
        return Arrays.stream(values())
                .filter(type -> type.inConfig.equals(name))
                .findAny();
    }

    /** As a safetensors header says it: "F32", "F16", "BF16". */
    public String inFiles() {
        return inFiles;
    }

    /** As a config.json says it: "float32", "float16", "bfloat16". */
    public String inConfig() {
        return inConfig;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** The number by which torch's scripts know it. */
    public int torchType() {
        return torchType;
    }
}
