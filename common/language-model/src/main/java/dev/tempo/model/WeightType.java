package dev.tempo.model;

import java.util.Arrays;
import java.util.Optional;

/** A floating-point type in which files hold weights. Weights of any type are loaded as float32 or bfloat16. */
public enum WeightType {
    FLOAT32("F32", "float32", 4, 6, 0x7f800000),
    FLOAT16("F16", "float16", 2, 5, 0x7c00),
    BFLOAT16("BF16", "bfloat16", 2, 15, 0x7f80);

    private final String inFiles;
    private final String inConfig;
    private final int bytes;
    private final int torchType;
    private final int exponentBits;

    WeightType(String inFiles, String inConfig, int bytes, int torchType, int exponentBits) {
        this.inFiles = inFiles;
        this.inConfig = inConfig;
        this.bytes = bytes;
        this.torchType = torchType;
        this.exponentBits = exponentBits;
    }

    /** The type with this name in safetensors headers; empty if it is no supported floating-point type. */
    public static Optional<WeightType> inFile(String dtype) {
        return Arrays.stream(values())
                .filter(type -> type.inFiles.equals(dtype))
                .findAny();
    }

    /** The type with this name in config.json files; empty if it is no supported floating-point type. */
    public static Optional<WeightType> inConfig(String dtype) {
        String name = dtype.startsWith("torch.") ? dtype.substring("torch.".length()) : dtype;
        return Arrays.stream(values())
                .filter(type -> type.inConfig.equals(name))
                .findAny();
    }

    /** The type's name in a safetensors header: "F32", "F16", "BF16". */
    public String inFiles() {
        return inFiles;
    }

    /** The type's name in a config.json: "float32", "float16", "bfloat16". */
    public String inConfig() {
        return inConfig;
    }

    /** The size of one number in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The number by which torch's scripts know the type (c10::ScalarType). */
    public int torchType() {
        return torchType;
    }

    /** The bits of the exponent, which are all set in the numbers that are NaN or infinite and in no other. */
    public int exponentBits() {
        return exponentBits;
    }
}
